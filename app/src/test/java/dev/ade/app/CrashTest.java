package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.spi.Cursor;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import dev.ade.store.Faults;
import dev.ade.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stops a run before each of its writes in turn.
class CrashTest {
    private static final String COUNTS =
            "select (select count(*) from shop.orders), (select count(*) from shop.order_f)";

    @Test
    void a_run_that_stops_at_any_write_changes_nothing_and_can_be_repeated(@TempDir Path folder)
            throws IOException {
        Path root = project(folder.resolve("shop"));
        try (Ade ade = open(root, Faults.NONE)) {
            ade.run(RunRequest.everything("test"), RunListener.NONE);
        }
        Files.writeString(root.resolve("orders-2.csv"), "id,t\n3,2026-01-01\n4,2026-01-03\n");
        Kept before = Kept.of(root);
        for (int crash = 1; ; crash++) {
            before.back();
            boolean isCrashed = crashes(root, crash);
            try (Ade ade = open(root, Faults.NONE)) {
                assertThat(row(ade)).as("after a crash at write %d", crash).isIn("2|2", "4|4");
                assertThat(ade.run(RunRequest.everything("test"), RunListener.NONE).state())
                        .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
                assertThat(row(ade)).isEqualTo("4|4");
                ade.maintain(Maintenance.Effect.DELETE);
                assertThat(ade.maintain(Maintenance.Effect.DRY_RUN).filesRemoved()).isZero();
                assertThat(row(ade)).isEqualTo("4|4");
            }
            if (!isCrashed) {
                assertThat(crash).isGreaterThan(10);
                return;
            }
        }
    }

    private static Path project(Path root) throws IOException {
        Files.createDirectories(root.resolve("shop/models"));
        Files.writeString(
                root.resolve("ade.yml"),
                "engine: {memory: 256MB, threads: 2}\nmaintenance: {grace: 1 ms}\n");
        Files.writeString(
                root.resolve("shop/sources.yml"),
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        event_time: t
                        load: {files: "orders-*.csv"}
                        columns: [{name: id, data_type: bigint}, {name: t, data_type: date}]
                """);
        Files.writeString(
                root.resolve("shop/models/order_f.sql"),
                "{{ config(materialized='fact', event_time='t') }} select * from shop.orders");
        Files.writeString(root.resolve("orders-1.csv"), "id,t\n1,2026-01-01\n2,2026-01-02\n");
        return root;
    }

    private static boolean crashes(Path root, int at) {
        AtomicInteger writes = new AtomicInteger();
        Faults faults =
                _ -> {
                    // Once it is dead, nothing more can be written.
                    if (writes.incrementAndGet() >= at) {
                        throw new Crash();
                    }
                };
        try (Ade ade = open(root, faults)) {
            ade.run(RunRequest.everything("test"), RunListener.NONE);
            return writes.get() >= at;
        } catch (Crash e) {
            return true;
        }
    }

    private static Ade open(Path root, Faults faults) {
        Ade.Options options = new Ade.Options(root, EnvironmentName.PROD, Map.of());
        Clock clock = SettableClock.at("2126-01-01T00:00:00Z");
        return new LocalAde(options, new Wiring(options, clock, faults), clock);
    }

    private static String row(Ade ade) {
        try (Cursor cursor = ade.sql(COUNTS, new ReadPoint.Now())) {
            List<?> row = cursor.next();
            return row == null ? "" : row.get(0) + "|" + row.get(1);
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
