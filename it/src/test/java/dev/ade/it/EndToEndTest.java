package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.AdeException;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.Plan;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndToEndTest {
    private static final String SOURCES =
            Shop.SOURCES.replace(
                    "- {name: city, data_type: varchar}", "- {name: card_number, privacy: drop}");

    private Estate estate;

    @BeforeEach
    void write_a_shop(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("shop/sources.yml", SOURCES)
                        .file(
                                "landing/customers-1.csv",
                                """
                                customer_id,email,card_number,city
                                1,ada@example.org,4111111111111111,Lima
                                2,bob@example.org,5500005555555559,Oslo
                                """)
                        .file(
                                "landing/orders-1.csv",
                                """
                                order_id,customer_id,ordered_at,amount
                                1,1,2026-01-01 10:00:00,10.00
                                2,2,2026-01-01 11:00:00,5.50
                                3,1,2026-01-02 09:00:00,7.25
                                """);
        Shop.models(estate);
    }

    @Test
    void publishes_everything_from_a_folder() {
        RunReport report = estate.run();

        assertThat(report.results()).allSatisfy(result -> assertThat(result.message()).isEmpty());
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(estate.sql("select city, revenue from shop.revenue_r order by city"))
                .containsExactly("Lima|17.25", "Oslo|5.50");
        assertThat(estate.sql("select count(*) from shop.big_orders")).containsExactly("2");
    }

    @Test
    void does_nothing_when_nothing_changed() {
        estate.run();

        RunReport again = estate.run();

        assertThat(again.state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(again.run()).isEmpty();
        assertThat(again.exitStatus()).isZero();
    }

    @Test
    void personal_values_are_nowhere_under_the_state_folder() {
        estate.run();

        assertThat(estate.sql("select count(distinct email) from shop.customers"))
                .containsExactly("2");
        for (String personal :
                List.of("ada@example.org", "bob@", "4111111111111111", "5500005555")) {
            assertThat(estate.stateContains(personal)).as(personal).isFalse();
        }
    }

    @Test
    void a_late_file_reopens_exactly_the_days_it_touches() {
        estate.run();
        estate.file(
                "landing/orders-2.csv",
                """
                order_id,customer_id,ordered_at,amount
                4,2,2026-01-01 23:30:00,100.00
                5,2,2026-01-05 08:00:00,1.00
                """);

        RunReport report = estate.run();

        assertThat(intervals(report, "shop.order_f"))
                .containsExactly(day("2026-01-01"), day("2026-01-05"));
        assertThat(intervals(report, "shop.revenue_day_d"))
                .containsExactly(day("2026-01-01"), day("2026-01-05"));
        assertThat(result(report, "shop.customers")).isEmpty();
        assertThat(estate.sql("select city, revenue from shop.revenue_r order by city"))
                .containsExactly("Lima|17.25", "Oslo|106.50");
        assertThat(estate.sql("select count(*), count(distinct order_id) from shop.order_f"))
                .containsExactly("5|5");
    }

    @Test
    void a_changed_file_replaces_its_rows_and_only_their_days() {
        estate.file(
                "landing/orders-2.csv",
                "order_id,customer_id,ordered_at,amount\n9,1,2026-01-07 08:00:00,1.00\n");
        estate.run();
        estate.file(
                "landing/orders-2.csv",
                "order_id,customer_id,ordered_at,amount\n9,1,2026-01-08 08:00:00,2.00\n");

        RunReport report = estate.run();

        assertThat(intervals(report, "shop.order_f"))
                .containsExactly(
                        new Interval(
                                Instant.parse("2026-01-07T00:00:00Z"),
                                Instant.parse("2026-01-09T00:00:00Z")));
        assertThat(estate.sql("select ordered_at, amount from shop.order_f where order_id = 9"))
                .containsExactly("2026-01-08T08:00|2.00");
    }

    @Test
    void a_merge_load_keeps_one_row_a_key() {
        estate.run();
        estate.file(
                "landing/customers-2.csv",
                "customer_id,email,card_number,city\n2,bob@example.org,1,Rome\n3,cyd@example.org,2,Bern\n");

        estate.run();

        assertThat(estate.sql("select customer_id, city from shop.customers order by 1"))
                .containsExactly("1|Lima", "2|Rome", "3|Bern");
    }

    @Test
    void formatting_a_model_rebuilds_nothing() {
        estate.run();
        estate.file(
                "shop/models/revenue_r.sql",
                """
                {{ config(materialized='table') }}
                -- how much each city brought
                select c.city,
                       sum(r.revenue) as revenue
                from shop.revenue_day_d r
                join shop.customer_d c on c.customer_key = r.customer_key
                group by all
                """);

        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_changed_model_rebuilds_itself_and_what_reads_it() {
        estate.run();
        estate.file(
                "shop/models/revenue_day_d.sql",
                """
                {{ config(materialized='day', event_time='day', entity='customer_key') }}
                select customer_key, cast(ordered_at as date) as day, 2 * sum(amount) as revenue
                from {{ ref('order_f') }} group by all
                """);

        try (Ade ade = estate.open()) {
            Plan plan = ade.plan(Estate.request());
            assertThat(plan.steps())
                    .extracting(step -> step.dataset() + ": " + step.reason())
                    .containsExactly(
                            "shop.revenue_day_d: its definition changed",
                            "shop.revenue_r: shop.revenue_day_d changes");
        }
        estate.run();

        assertThat(estate.sql("select sum(revenue) from shop.revenue_r")).containsExactly("45.50");
    }

    @Test
    void a_failed_check_keeps_its_dataset_and_what_is_below_from_being_published() {
        estate.run();
        estate.file("shop/checks/no_refunds.sql", "select * from shop.order_f where amount < 0");
        estate.file(
                "landing/orders-2.csv",
                "order_id,customer_id,ordered_at,amount\n6,1,2026-01-03 08:00:00,-1.00\n");
        estate.file(
                "landing/customers-2.csv",
                "customer_id,email,card_number,city\n4,dan@example.org,1,Kyiv\n");

        RunReport report = estate.run();

        assertThat(report.state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);
        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(state(report, "shop.order_f")).isEqualTo(StepResult.State.WITHHELD);
        assertThat(state(report, "shop.revenue_r")).isEqualTo(StepResult.State.SKIPPED);
        assertThat(estate.sql("select count(*) from shop.order_f")).containsExactly("3");
        assertThat(estate.sql("select count(*) from shop.customers")).containsExactly("3");
        ReadPoint failed = new ReadPoint.OfRun(report.run().orElseThrow());
        assertThat(estate.sql("select count(*) from shop.order_f", failed)).containsExactly("4");
        assertThat(
                        estate.sql(
                                "select check_name, outcome, failures from ade.checks"
                                        + " where outcome = 'fail'"))
                .containsExactly("no_refunds|fail|1");
    }

    /// The dimension is not made from the orders, so that the check waits for them.
    @Test
    void a_model_that_fails_names_its_file_and_what_is_wrong() {
        estate.file("shop/models/broken_r.sql", "select amount,\n  nosuch from shop.order_f");

        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .filteredOn(message -> !message.isEmpty())
                .singleElement()
                .asString()
                .contains(
                        "\"nosuch\" not found in FROM clause! (shop/models/broken_r.sql)\n",
                        "Line 2: nosuch");
    }

    @Test
    void a_check_that_waits_for_other_datasets_says_what_it_found() {
        estate.file(
                "shop/checks/no_orders.sql",
                "select customer_id from shop.customer_d where customer_key not in"
                        + " (select customer_key from shop.order_f)");
        estate.file(
                "landing/customers-2.csv",
                "customer_id,email,card_number,city\n4,dan@example.org,1,Kyiv\n");
        List<String> judged = new ArrayList<>();

        try (Ade ade = estate.open()) {
            ade.run(
                    Estate.request(),
                    new RunListener() {
                        @Override
                        public void judged(StepResult result, List<Checker.Result> late) {
                            judged.add(
                                    "%s %s: %s %s"
                                            .formatted(
                                                    result.step().dataset(),
                                                    result.state(),
                                                    result.message(),
                                                    late.stream()
                                                            .map(Checker.Result::failures)
                                                            .toList()));
                        }
                    });
        }

        assertThat(judged)
                .containsExactly(
                        "shop.customer_d WITHHELD: no_orders: 1 row found that should not be there [1]",
                        "shop.revenue_r WITHHELD: shop.customer_d was withheld []");
    }

    @Test
    void rows_that_break_the_contract_are_kept_with_a_reason_and_without_the_value() {
        estate.file(
                "landing/orders-2.csv",
                """
                order_id,customer_id,ordered_at,amount
                7,1,2026-01-03 08:00:00,1.00
                secret,1,2026-01-03 08:00:00,1.00
                8,1,2026-01-03 08:00:00,1.00
                10,1,2026-01-03 08:00:00,1.00
                11,1,2026-01-03 08:00:00,1.00
                12,1,2026-01-03 08:00:00,1.00
                13,1,2026-01-03 08:00:00,1.00
                14,1,2026-01-03 08:00:00,1.00
                15,1,2026-01-03 08:00:00,1.00
                16,1,2026-01-03 08:00:00,1.00
                """);

        RunReport report = estate.run();

        StepResult orders = result(report, "shop.orders").orElseThrow();
        assertThat(orders.rowsRead()).isEqualTo(13);
        assertThat(orders.rowsWritten()).isEqualTo(12);
        assertThat(orders.rowsRejected()).isEqualTo(1);
        assertThat(estate.sql("select source, line, column_name from ade.rejected"))
                .containsExactly("landing/orders-2.csv|3|order_id");
        assertThat(estate.stateContains("secret")).isFalse();
    }

    @Test
    void restating_fills_the_interval_again_and_everything_below() {
        estate.run();
        RunRequest request =
                new RunRequest(
                        List.of(),
                        List.of(),
                        RunRequest.Refresh.CHANGED,
                        Optional.of(
                                new RunRequest.Restatement(
                                        TableName.parse("shop.order_f"), day("2026-01-01"))),
                        "ade run --restate");

        try (Ade ade = estate.open()) {
            RunReport report = ade.run(request, RunListener.NONE);

            assertThat(intervals(report, "shop.order_f")).containsExactly(day("2026-01-01"));
            assertThat(intervals(report, "shop.revenue_day_d")).containsExactly(day("2026-01-01"));
            assertThat(state(report, "shop.revenue_r")).isEqualTo(StepResult.State.DONE);
        }
        assertThat(estate.sql("select count(*) from shop.order_f")).containsExactly("3");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void what_is_kept_can_only_be_read_by_its_owner() throws IOException {
        estate.run();

        Path state = estate.root().resolve(".ade");
        assertThat(Files.getPosixFilePermissions(state))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Ade ade = estate.open()) {
            assertThat(ade.doctor()).noneMatch(it -> it.text().contains("chmod 700"));
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(ade.doctor())
                    .anyMatch(it ->
                            it.level() == Ade.Level.WARNING
                                    && it.text().contains("others on this machine can read"));
        }
    }

    @Test
    void earlier_states_can_be_read() {
        estate.run();
        Instant before = Instant.now();
        estate.file(
                "landing/orders-2.csv",
                "order_id,customer_id,ordered_at,amount\n6,1,2026-01-03 08:00:00,1.00\n");
        estate.run();

        assertThat(estate.sql("select count(*) from shop.order_f")).containsExactly("4");
        assertThat(estate.sql("select count(*) from shop.order_f", new ReadPoint.AsOf(before)))
                .containsExactly("3");
    }

    @Test
    void what_was_not_there_yet_and_what_is_to_come_cannot_be_read() {
        Instant before = Instant.now();
        estate.run();

        ReadPoint early = new ReadPoint.AsOf(before);
        assertThatThrownBy(() -> estate.sql("from shop.order_f", early))
                .hasMessage(
                        "Cannot read shop.order_f as of %s: it was not published yet, or its snapshots of then have expired"
                                .formatted(before));
        assertThatThrownBy(() -> estate.sql("from shop.order_x", early))
                .hasMessageContaining("there is no such dataset");
        ReadPoint late = new ReadPoint.AsOf(Instant.now().plusSeconds(600));
        assertThatThrownBy(() -> estate.sql("from shop.order_f", late))
                .hasMessageStartingWith("Cannot read as of ")
                .hasMessageEndingWith(": that is to come");
    }

    @Test
    void user_queries_reach_nothing_but_datasets() {
        estate.run();
        for (String attempt :
                List.of(
                        "select * from read_text('/etc/passwd')",
                        "select * from '/etc/passwd'",
                        "copy (select 1) to '" + estate.root().resolve("out.csv") + "'",
                        "set memory_limit='1GB'",
                        "attach '" + estate.root().resolve(".ade/ade.db") + "'",
                        "create table x as select 1")) {
            assertThatThrownBy(() -> estate.sql(attempt))
                    .as(attempt)
                    .isInstanceOf(AdeException.class);
        }
    }

    @Test
    void what_a_run_did_is_a_dataset() {
        estate.run();

        assertThat(estate.sql("select state from ade.runs")).containsExactly("published");
        assertThat(estate.sql("select count(*) from ade.steps where state = 'done'"))
                .containsExactly("7");
        assertThat(
                        estate.sql(
                                "select rows, nulls from ade.profiles where dataset = 'shop.orders'"
                                        + " and column_name = 'amount'"))
                .containsExactly("3|0");
        assertThat(
                        estate.sql(
                                """
                                select load.started_at < load.ended_at, load.started_at < build.started_at
                                from ade.steps load, ade.steps build
                                where load.dataset = 'shop.orders' and build.dataset = 'shop.order_f'
                                """))
                .containsExactly("true|true");
    }

    @Test
    void only_what_is_selected_runs() {
        RunReport report = estate.run("+customer_d");

        assertThat(report.published())
                .extracting(TableName::toString)
                .containsExactlyInAnyOrder("shop.customers", "shop.customer_d");
    }

    @Test
    void a_token_can_be_revealed_with_the_key_also_after_a_rotation() {
        estate.file("shop/sources.yml", SOURCES.replace("treat: pseudonym", "treat: token"));
        estate.run();
        String token =
                estate.sql("select email from shop.customers where city = 'Lima'").getFirst();
        assertThat(token).startsWith("t1.");

        try (Ade ade = estate.open()) {
            assertThat(ade.rotateKeys()).isEqualTo(2);
            assertThat(ade.reveal("default", token, "a test")).isEqualTo("ada@example.org");
            assertThatThrownBy(() -> ade.reveal("default", token, " "))
                    .isInstanceOf(AdeException.class)
                    .hasMessageContaining("a reason of 1 to");
        }
        assertThat(estate.stateContains("ada@example.org")).isFalse();
    }

    private static Interval day(String date) {
        Instant start = Instant.parse(date + "T00:00:00Z");
        return new Interval(start, start.plusSeconds(86_400));
    }

    private static Optional<StepResult> result(RunReport report, String dataset) {
        return report.results().stream()
                .filter(result -> result.step().dataset().toString().equals(dataset))
                .findFirst();
    }

    private static StepResult.State state(RunReport report, String dataset) {
        return result(report, dataset).orElseThrow().state();
    }

    private static List<Interval> intervals(RunReport report, String dataset) {
        return result(report, dataset).orElseThrow().intervals();
    }
}
