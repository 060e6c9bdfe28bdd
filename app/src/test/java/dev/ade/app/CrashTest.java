package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import dev.ade.store.Faults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops a run before each of its writes in turn.
class CrashTest {
    private static final String COUNTS =
            "select (select count(*) from shop.orders), (select count(*) from shop.order_f)";

    @Test
    void a_run_that_stops_at_any_write_changes_nothing_and_can_be_repeated(@TempDir Path folder) {
        Lab lab = lab(folder.resolve("shop"));
        lab.run();
        lab.file("orders-2.csv", "id,t\n3,2026-01-01\n4,2026-01-03\n");
        Kept before = Kept.of(lab.root);
        for (int crash = 1; ; crash++) {
            before.back();
            boolean isCrashed = Crash.stops(crash, faults -> run(lab, faults));
            try (Ade ade = lab.open(PROD, Faults.NONE)) {
                assertThat(Lab.sql(ade, COUNTS).getFirst())
                        .as("after a crash at write %d", crash)
                        .isIn("2|2", "4|4");
                assertThat(ade.run(RunRequest.everything("test"), RunListener.NONE).state())
                        .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
                assertThat(Lab.sql(ade, COUNTS)).containsExactly("4|4");
                ade.maintain(Maintenance.Effect.DELETE);
                assertThat(ade.maintain(Maintenance.Effect.DRY_RUN).filesRemoved()).isZero();
                assertThat(Lab.sql(ade, COUNTS)).containsExactly("4|4");
            }
            if (!isCrashed) {
                assertThat(crash).isGreaterThan(10);
                return;
            }
        }
    }

    private static Lab lab(Path root) {
        Lab lab = new Lab(root, "2126-01-01T00:00:00Z");
        lab.file("ade.yml", "engine: {memory: 256MB, threads: 2}\nmaintenance: {grace: 1 ms}\n");
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        event_time: t
                        load: {files: "orders-*.csv"}
                        columns: [{name: id, data_type: bigint}, {name: t, data_type: date}]
                """);
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='t') }} select * from shop.orders");
        lab.file("orders-1.csv", "id,t\n1,2026-01-01\n2,2026-01-02\n");
        return lab;
    }

    private static void run(Lab lab, Faults faults) {
        try (Ade ade = lab.open(PROD, faults)) {
            ade.run(RunRequest.everything("test"), RunListener.NONE);
        }
    }
}
