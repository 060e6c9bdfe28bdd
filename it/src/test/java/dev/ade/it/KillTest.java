package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that dies without a word, at random moments.
class KillTest {
    private static final int KILLS = 8;
    private static final int LATEST_MILLIS = 2_500;

    @Test
    void a_killed_run_loses_nothing_and_leaves_nothing_visible(@TempDir Path folder)
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("KillTest seed " + seed);
        Random random = new Random(seed);
        Estate estate = Shop.withData(folder);
        estate.run();
        String before = count(estate);
        for (int i = 0; i < KILLS; i++) {
            estate.file(
                    "landing/orders-" + (i + 2) + ".csv", Shop.orders(1_000 * (i + 1), 3 + i, 20));
            Process run = start(estate.root(), folder.resolve("run.log"));
            if (run.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS)) {
                assertThat(run.exitValue()).isZero();
            }
            run.destroyForcibly().waitFor();

            int whole = 40 + 20 * (i + 1);
            assertThat(count(estate)).as("after kill %d", i).isIn(before, whole + "|" + whole);
            assertThat(estate.run().state())
                    .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
            before = count(estate);
            assertThat(before).isEqualTo(whole + "|" + whole);
        }
        assertNothingIsLeftAfterASweep(estate);
    }

    private static void assertNothingIsLeftAfterASweep(Estate estate) {
        estate.file(
                "ade.yml",
                "name: estate\nmaintenance: {grace: 1 ms, snapshot_age: 1 ms, snapshots_min: 1}\n");
        try (Ade ade = estate.open()) {
            ade.maintain(Maintenance.Effect.DELETE);
            assertThat(ade.maintain(Maintenance.Effect.DRY_RUN).filesRemoved()).isZero();
        }
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private static String count(Estate estate) {
        return estate.sql(
                        "select (select count(*) from shop.orders), (select count(*) from shop.order_f)")
                .getFirst();
    }

    private static Process start(Path project, Path log) throws IOException {
        return Child.run(project, log).start();
    }
}
