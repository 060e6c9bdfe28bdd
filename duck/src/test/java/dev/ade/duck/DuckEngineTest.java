package dev.ade.duck;

import dev.ade.spi.Engine;
import dev.ade.testkit.EngineContract;
import java.nio.file.Path;

class DuckEngineTest extends EngineContract {
    @Override
    protected Engine open(Path scratch) {
        return Engines.open(scratch);
    }
}
