package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int READERS = 10;

    /// All three follow from the orders, so in one state they agree.
    private static final String AGREE =
            """
            select (select sum(amount) from shop.order_f) = (select sum(revenue) from shop.revenue_day_d)
               and (select sum(amount) from shop.order_f) = (select sum(revenue) from shop.revenue_r)
            """;

    @Test
    void readers_never_see_half_a_run(@TempDir Path folder) throws Exception {
        Estate estate = Shop.withData(folder);
        estate.run();
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(READERS);
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS);
                Ade ade = estate.open()) {
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                seen.add(readers.submit(() -> read(ade, isOver, reading)));
            }
            reading.await();
            try {
                for (int i = 2; i < 6; i++) {
                    estate.file("landing/orders-" + i + ".csv", Shop.orders(1_000 * i, i, 30));
                    assertThat(estate.run().state()).isEqualTo(Lake.RunState.PUBLISHED);
                }
            } finally {
                isOver.set(true);
            }
            for (Future<Integer> reader : seen) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static int read(Ade ade, AtomicBoolean isOver, CountDownLatch reading) {
        int queries = 0;
        do {
            assertThat(Estate.sql(ade, AGREE, new ReadPoint.Now())).containsExactly("true");
            reading.countDown();
            queries++;
        } while (!isOver.get());
        return queries;
    }

    @Test
    void two_runs_at_once_are_safe(@TempDir Path folder) throws Exception {
        Estate estate = Shop.withData(folder);
        estate.run();
        for (int round = 2; round < 5; round++) {
            estate.file("landing/orders-" + round + ".csv", Shop.orders(1_000 * round, round, 30));
            try (ExecutorService runs = Executors.newFixedThreadPool(2)) {
                CountDownLatch together = new CountDownLatch(2);
                Future<RunReport> one = runs.submit(() -> run(estate, together));
                Future<RunReport> other = runs.submit(() -> run(estate, together));
                for (Future<RunReport> run : List.of(one, other)) {
                    assertThat(run.get().state())
                            .isIn(Lake.RunState.PUBLISHED, Lake.RunState.NOTHING_TO_DO);
                }
            }
            assertThat(estate.sql("select count(*), count(distinct order_id) from shop.order_f"))
                    .containsExactly(
                            "%d|%d".formatted(40 + 30 * (round - 1), 40 + 30 * (round - 1)));
            assertThat(estate.sql(AGREE)).containsExactly("true");
        }
    }

    @Test
    void a_run_that_another_overtook_says_so_and_plans_again(@TempDir Path folder) {
        Estate estate = Shop.withData(folder);
        estate.run();
        estate.file("landing/orders-2.csv", Shop.orders(2_000, 2, 30));
        List<String> said = new ArrayList<>();
        RunListener overtaken =
                new RunListener() {
                    private boolean isOvertaken;

                    @Override
                    public void publishing() {
                        if (!isOvertaken) {
                            isOvertaken = true;
                            estate.run();
                        }
                    }

                    @Override
                    public void said(String text) {
                        said.add(text);
                    }
                };
        try (Ade ade = estate.open()) {
            assertThat(ade.run(Estate.request(), overtaken).state())
                    .isEqualTo(Lake.RunState.NOTHING_TO_DO);
        }
        assertThat(said)
                .singleElement()
                .asString()
                .matches(
                        "Cannot publish run 2: somebody else published it in run 3 meanwhile \\(.*\\): planning again");
        assertThat(estate.sql(AGREE)).containsExactly("true");
    }

    private static RunReport run(Estate estate, CountDownLatch together)
            throws InterruptedException {
        try (Ade ade = estate.open()) {
            together.countDown();
            together.await();
            return ade.run(Estate.request(), RunListener.NONE);
        }
    }
}
