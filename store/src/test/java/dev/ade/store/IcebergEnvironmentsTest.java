package dev.ade.store;

import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.spi.Lake;
import dev.ade.testkit.EnvironmentsContract;
import java.nio.file.Path;
import java.time.Clock;

class IcebergEnvironmentsTest extends EnvironmentsContract {
    @Override
    protected Lake open(Path home, MaintenanceSettings maintenance, Clock clock) {
        return new IcebergLake(
                home.resolve("lake"),
                "jdbc:sqlite:" + home.resolve("ade.db"),
                maintenance,
                clock,
                Faults.NONE);
    }
}
