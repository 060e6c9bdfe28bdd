package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.run.Plan;
import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.run.forget.Retained;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import dev.ade.store.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are older than their dataset keeps, with a real lake.
class RetentionTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    /// Every write has its turn in some build: the whole takes too long for each.
    private static final int STRIDE = 3;

    private static final String COUNTS =
            "select (select count(*) from shop.orders), (select count(*) from shop.order_f), (select count(*) from shop.total_f)";

    /// Orders and their fact are kept for a year; what is made of them, for ever.
    private static Lab lab(Path root) {
        Lab lab = new Lab(root, "2126-06-15T12:00:00Z");
        source(lab, "retention: {keep: 1 year}");
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='month', retention='12 months') }} select id, ordered_at from shop.orders");
        total(lab, "1");
        lab.file(
                "landing/1.csv",
                "id,ordered_at\n1,2125-03-10 10:00:00\n2,2125-06-14 10:00:00\n3,2125-06-16 10:00:00\n4,2126-06-01 10:00:00\n");
        return lab;
    }

    private static void source(Lab lab, String retention) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: orders
                        event_time: ordered_at
                        %s
                        load: {files: "landing/*.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: ordered_at, data_type: timestamp}
                """
                        .formatted(retention));
    }

    private static void total(Lab lab, String one) {
        lab.file(
                "shop/models/total_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='month') }} select ordered_at, %s as one from shop.order_f"
                        .formatted(one));
    }

    @Test
    void rows_that_are_kept_no_more_are_not_missed(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.run();
        lab.with(Ade::retain);

        List<Verdict> verdicts = new ArrayList<>();
        lab.with(ade -> {
            ade.verify(RunRequest.everything("test"), Loader.Depth.ROWS, verdicts::add);
            return verdicts;
        });

        assertThat(verdicts).extracting(Verdict::status).containsExactly(Verdict.Status.EQUAL);
        assertThat(verdicts.getFirst().found().orElseThrow().counts())
                .isEqualTo(new Verified.Counts(2, 2, 0, 0));
    }

    @Test
    void rows_that_are_old_go_from_every_environment_and_file(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("4|4|4");

        Retained seen = lab.with(Ade::expired);

        assertThat(seen.purged()).isEmpty();
        assertThat(seen.expired())
                .extracting(it ->
                        it.environment() + " " + it.dataset() + " " + it.until() + " " + it.rows())
                .containsExactly(
                        "dev shop.order_f 2125-06-01T00:00:00Z 1",
                        "dev shop.orders 2125-06-15T00:00:00Z 2",
                        "prod shop.order_f 2125-06-01T00:00:00Z 1",
                        "prod shop.orders 2125-06-15T00:00:00Z 2");
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("4|4|4");

        Retained done = lab.with(Ade::retain);

        assertThat(done.rows()).isEqualTo(6);
        assertThat(done.purged().orElseThrow().files()).isPositive();
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("2|3|4");
        assertThat(lab.sql(DEV, COUNTS)).containsExactly("2|3|4");
        assertThat(lab.with(Ade::expired).expired()).isEmpty();
        assertThat(lab.with(Ade::retain).purged()).isEmpty();
        assertThat(
                        lab.sql(
                                PROD,
                                "select dataset, column_name, keep, kept_from, rows_removed from ade.retained order by all"))
                .containsExactly(
                        "shop.order_f|ordered_at|P12M|2125-06-01T00:00:00Z|1",
                        "shop.orders|ordered_at|P1Y|2125-06-15T00:00:00Z|2");
    }

    private static void through(Lab lab, String one) {
        lab.file(
                "shop/models/seen_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='month') }} select id, ordered_at, %s as one from shop.stg"
                        .formatted(one));
        lab.file(
                "shop/models/back_f.sql",
                """
                {{ config(materialized='fact', event_time='ordered_at', grain='month', lookback=1) }}
                select id, ordered_at, (select count(*) from shop.orders) as seen, %s as one from shop.orders
                """
                        .formatted(one));
    }

    @Test
    void what_came_through_a_view_or_was_looked_back_at_is_not_made_again(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.file("landing/2.csv", "id,ordered_at\n7,2125-07-05 10:00:00\n");
        lab.file(
                "shop/models/stg.sql",
                "{{ config(materialized='view', event_time='ordered_at') }} select * from shop.orders");
        through(lab, "1");
        lab.run();
        String seen = "select id, one from shop.seen_f order by 1";
        String back = "select id, seen from shop.back_f where id = 7";
        assertThat(lab.sql(PROD, seen)).containsExactly("1|1", "2|1", "3|1", "4|1", "7|1");
        assertThat(lab.sql(PROD, back)).containsExactly("7|3");
        lab.with(Ade::retain);

        through(lab, "2");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(lab.sql(PROD, seen)).containsExactly("1|1", "2|1", "3|1", "4|2", "7|2");
        assertThat(lab.sql(PROD, back)).as("of two months, one is gone").containsExactly("7|3");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private static void stays(Lab lab, String one) {
        lab.file(
                "shop/models/stay_f.sql",
                "{{ config(materialized='fact', event_time='arrived_at', grain='month') }} select id, arrived_at, %s as one from shop.stays"
                        .formatted(one));
    }

    @Test
    void rows_that_are_old_by_another_column_are_not_missed_when_they_happened(
            @TempDir Path folder) {
        Lab lab = new Lab(folder, "2126-06-15T12:00:00Z");
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: stays
                        event_time: arrived_at
                        retention: {keep: 1 year, by: booked_at}
                        load: {files: "landing/*.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: arrived_at, data_type: timestamp}
                          - {name: booked_at, data_type: date}
                """);
        lab.file(
                "landing/1.csv",
                "id,arrived_at,booked_at\n1,2126-05-03 10:00:00,2125-01-01\n2,2126-05-20 10:00:00,2126-05-01\n3,2125-02-01 10:00:00,2126-05-05\n");
        stays(lab, "1");
        lab.run();
        assertThat(lab.with(Ade::retain).rows()).isEqualTo(1);
        lab.file(
                "landing/2.csv",
                "id,arrived_at,booked_at\n4,2126-04-03 10:00:00,2126-03-01\n5,2126-05-21 10:00:00,2126-05-02\n");

        stays(lab, "2");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(lab.sql(PROD, "select id, one from shop.stay_f order by 1"))
                .containsExactly("1|1", "2|1", "3|2", "4|2");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(lab.with(Ade::retain).expired()).isEmpty();
    }

    @Test
    void what_is_gone_is_not_made_again(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.run();
        lab.with(Ade::retain);

        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        total(lab, "2");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(
                        lab.sql(
                                PROD,
                                "select strftime(ordered_at, '%Y-%m'), one from shop.total_f order by ordered_at"))
                .containsExactly("2125-03|1", "2125-06|2", "2125-06|2", "2126-06|2");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        lab.file("landing/2.csv", "id,ordered_at\n5,2125-03-11 10:00:00\n6,2126-06-02 10:00:00\n");
        assertThat(lab.run().results())
                .extracting(it -> it.step().dataset().name() + " " + it.state() + it.message())
                .containsExactly("orders DONE", "order_f DONE", "total_f DONE");
        assertThat(
                        lab.sql(
                                PROD,
                                "select strftime(ordered_at, '%Y-%m-%d') from shop.total_f order by 1"))
                .containsExactly(
                        "2125-03-10", "2125-06-14", "2125-06-16", "2126-06-01", "2126-06-02");
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("4|4|5");
        assertThat(lab.with(Ade::retain).rows()).isEqualTo(1);
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|4|5");

        lab.with(ade ->
                ade.run(
                        new RunRequest(
                                List.of(),
                                List.of(),
                                RunRequest.Refresh.FULL,
                                Optional.empty(),
                                "test"),
                        RunListener.NONE));
        assertThat(lab.with(Ade::retain).expired())
                .extracting(it -> it.dataset().name() + " " + it.rows())
                .containsExactly("orders 3");
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("3|4|5");
    }

    /// Which is filled by one interval, so that it cannot stay as it is.
    @Test
    void what_is_gone_from_a_fact_that_sees_its_inputs_whole_does_not_come_back(
            @TempDir Path folder) {
        Lab lab = lab(folder);
        lab.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='ordered_at', grain='month', retention='12 months', whole_inputs=['shop.orders']) }} select id, ordered_at from shop.orders");
        source(lab, "");
        lab.run();
        lab.with(Ade::retain);
        String ids = "select id from shop.order_f order by id";
        assertThat(lab.sql(PROD, ids)).containsExactly("2", "3", "4");

        lab.file("landing/2.csv", "id,ordered_at\n5,2125-03-11 10:00:00\n6,2126-06-02 10:00:00\n");
        lab.run();

        assertThat(lab.sql(PROD, ids)).containsExactly("2", "3", "4", "6");
    }

    @Test
    void a_month_later_the_next_rows_go(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.run();
        lab.with(Ade::retain);
        lab.clock.advance(Duration.ofDays(30));

        assertThat(lab.with(Ade::retain).expired())
                .extracting(it -> it.dataset().name() + " " + it.rows())
                .containsExactly("order_f 2", "orders 1");
        assertThat(lab.sql(PROD, COUNTS)).containsExactly("1|1|4");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void stopped_at_any_write_it_goes_on_when_it_is_asked_again(@TempDir Path folder) {
        Lab lab = lab(folder.resolve("shop"));
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        Kept before = Kept.of(folder.resolve("shop"));
        long seed = System.nanoTime();
        for (int crash = 1 + new Random(seed).nextInt(STRIDE); ; crash += STRIDE) {
            before.back();
            boolean isCrashed = Crash.stops(crash, faults -> lab.with(PROD, faults, Ade::retain));

            lab.with(Ade::retain);

            assertThat(lab.sql(PROD, COUNTS))
                    .as("after a crash at %d, seed %d", crash, seed)
                    .containsExactly("2|3|4");
            assertThat(lab.sql(DEV, COUNTS)).containsExactly("2|3|4");
            assertThat(lab.with(Ade::expired).expired()).isEmpty();
            if (!isCrashed) {
                assertThat(crash).isGreaterThan(5);
                return;
            }
        }
    }

    @Test
    void a_run_that_is_going_on_is_in_nobodys_way_where_all_is_kept(@TempDir Path folder) {
        Lab lab = new Lab(folder, "2126-06-15T12:00:00Z");
        Lake.RunStart start = new Lake.RunStart(lab.clock.instant(), "test", "me");
        try (Wiring wiring = lab.wiring(PROD, Faults.NONE);
                Draft _ = wiring.lake().begin(PROD, start)) {
            assertThat(lab.with(Ade::retain).expired()).isEmpty();

            lab(folder);

            assertThatThrownBy(() -> lab.with(Ade::retain))
                    .hasMessageContaining("run 1 of environment prod is going on");
        }
    }

    private static Plan planned(Lab lab) {
        return lab.with(ade -> ade.plan(RunRequest.everything("test")));
    }

    @Test
    void a_dataset_without_a_time_says_what_is_missing_and_is_in_nobodys_way(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.file(
                "shop/models/copy.sql",
                "{{ config(materialized='table', retention={'keep': '1 year'}) }} select id from shop.orders");
        lab.file(
                "shop/models/other.sql",
                "{{ config(materialized='table', retention={'keep': '1 year', 'by': 'nope'}) }} select * from shop.orders");
        String copy =
                "Cannot tell how old the rows of shop.copy are: nothing says when they happened (shop/models/copy.sql)";
        String other =
                "Cannot tell how old the rows of shop.other are: 'nope' is no date or timestamp of it (shop/models/other.sql)";
        assertThat(planned(lab).warnings()).isEmpty();

        assertThat(lab.run().results().stream().flatMap(it -> it.notes().stream()))
                .containsExactlyInAnyOrder(copy, other);
        assertThat(planned(lab).warnings()).containsExactly(copy, other);
        assertThat(lab.with(Ade::expired).expired())
                .extracting(it -> it.dataset().toString())
                .containsExactly("shop.order_f", "shop.orders");
        assertThat(lab.with(Ade::retain).rows()).isEqualTo(3);
        assertThat(lab.with(Ade::undated))
                .extracting(AdeException::getMessage)
                .allMatch(message -> (copy + other).contains(message))
                .hasSize(2);
        assertThat(lab.sql(PROD, "select count(*) from shop.other")).containsExactly("4");
    }

    @Test
    void a_time_that_is_none_is_refused(@TempDir Path folder) {
        Lab lab = lab(folder);
        lab.file(
                "shop/models/copy.sql",
                "{{ config(materialized='table', retention='for ever') }} select id from shop.orders");

        assertThatThrownBy(lab::run)
                .hasMessage("Cannot keep something for 'for ever': it is no time");
    }
}
