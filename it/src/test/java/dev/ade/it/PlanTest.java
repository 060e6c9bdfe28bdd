package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.OnChange;
import dev.ade.model.TableName;
import dev.ade.run.Decision;
import dev.ade.run.Estimate;
import dev.ade.run.HistoryChoice;
import dev.ade.run.PlanReview;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.run.compare.DatasetChange.Sort;
import dev.ade.run.lineage.ColumnId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan says of a project that goes through every kind of change.
class PlanTest {
    @TempDir private Path folder;

    private Estate estate;

    PlanTest() {
        this.estate = new Estate(Path.of("target/plan-test"));
    }

    @BeforeEach
    void run_once() {
        estate = Shop.withData(folder);
        assertThat(estate.run().exitStatus()).isZero();
    }

    private PlanReview review() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request());
        }
    }

    private static Optional<DatasetChange> find(PlanReview review, String dataset) {
        return review.comparison().changes().stream()
                .filter(change -> change.dataset().equals(TableName.parse(dataset)))
                .findFirst();
    }

    private static DatasetChange change(PlanReview review, String dataset) {
        return find(review, dataset).orElseThrow();
    }

    private static List<String> steps(PlanReview review) {
        return review.plan().steps().stream().map(step -> step.dataset().toString()).toList();
    }

    @Test
    void nothing_changed() {
        PlanReview review = review();

        assertThat(review.comparison().changes()).isEmpty();
        assertThat(review.comparison().unchanged()).isEqualTo(7);
        assertThat(review.hasChanges()).isFalse();
    }

    @Test
    void a_breaking_change_shows_its_text_columns_and_what_is_below() {
        estate.file(
                "shop/models/order_f.sql",
                Shop.ORDER_F
                        .replace("amount\n", "cast(amount as double) as amount\n")
                        .replace("from shop.orders", "from shop.orders where amount > 2"));

        PlanReview review = review();
        DatasetChange change = change(review, "shop.order_f");

        assertThat(change.sort()).isEqualTo(Sort.CHANGED);
        assertThat(change.nature()).contains(Nature.BREAKING);
        assertThat(change.columns())
                .containsExactly(
                        new DatasetChange.ColumnChange(
                                "amount", Optional.of("decimal(10,2)"), Optional.of("double")));
        assertThat(change.diff()).first().asString().startsWith("@@ -1,");
        assertThat(change.diff()).contains("+from shop.orders where amount > 2");
        assertThat(change.impact().below())
                .extracting(TableName::toString)
                .containsExactly("shop.big_orders", "shop.revenue_day_d", "shop.revenue_r");
        assertThat(change.impact().columns())
                .extracting(ColumnId::toString)
                .containsExactly(
                        "shop.big_orders.amount",
                        "shop.revenue_day_d.revenue",
                        "shop.revenue_r.revenue");
        assertThat(change(review, "shop.revenue_r").sort()).isEqualTo(Sort.AFFECTED);
        assertThat(steps(review)).contains("shop.order_f", "shop.revenue_day_d");
        Estimate estimate =
                java.util.Objects.requireNonNull(
                        review.estimates().get(TableName.parse("shop.order_f")));
        assertThat(estimate.rows()).hasValue(40);
        assertThat(estimate.seconds()).isPresent();
    }

    @Test
    void an_added_dataset_and_a_query_that_would_fail() {
        estate.file("shop/models/new_r.sql", "select city, email from shop.customer_d")
                .file("shop/models/below_r.sql", "select nothing from {{ ref('new_r') }}");

        PlanReview review = review();

        assertThat(change(review, "shop.new_r").sort()).isEqualTo(Sort.ADDED);
        assertThat(change(review, "shop.new_r").problems()).isEmpty();
        assertThat(change(review, "shop.below_r").problems())
                .singleElement()
                .asString()
                .contains("nothing");
    }

    @Test
    void whom_a_change_reaches_outside_is_told() {
        estate.file(
                "shop/models/outside.yml",
                """
                exposures:
                  - {name: board, label: Board pack, type: dashboard, owner: {name: Ada}, depends_on: [ref('revenue_r')]}
                  - {name: mail, type: application, owner: {name: Ada}, depends_on: [ref('customer_d')]}
                """);
        assertThat(estate.run().exitStatus()).isZero();
        estate.file(
                "shop/models/order_f.sql", Shop.ORDER_F.replace("amount\n", "-amount as amount\n"));

        assertThat(change(review(), "shop.order_f").impact().exposures())
                .containsExactly("Board pack");
    }

    @Test
    void a_removed_dataset_stays_as_it_is() {
        estate.delete("shop/models/big_orders.sql");

        PlanReview review = review();

        assertThat(change(review, "shop.big_orders").sort()).isEqualTo(Sort.REMOVED);
        assertThat(review.plan().isEmpty()).isTrue();
        assertThat(review.hasChanges()).isTrue();
    }

    @Test
    void checks_alone_are_checked_and_nothing_is_built() {
        estate.file(
                "shop/models/schema.yml",
                """
                models:
                  - name: order_f
                    columns:
                      - {name: order_id, data_tests: [unique]}
                """);

        PlanReview review = review();
        DatasetChange change = change(review, "shop.order_f");

        assertThat(change.nature()).contains(Nature.CHECKS);
        assertThat(change.facts())
                .containsExactly(
                        new DatasetChange.FactChange(
                                DatasetChange.Topic.CHECK,
                                "unique_order_f_order_id",
                                Optional.empty(),
                                Optional.of("order_id is unique")));
        assertThat(review.plan().steps()).singleElement().isInstanceOf(Step.Check.class);
        RunReport report = estate.run();
        assertThat(report.exitStatus()).isZero();
        assertThat(review().hasChanges()).isFalse();
    }

    @Test
    void a_check_that_says_something_else_is_asked_again() {
        estate.file("tests/small.sql", "select * from shop.order_f where amount > 1000");
        assertThat(estate.run().exitStatus()).isZero();
        estate.file("tests/small.sql", "select * from shop.order_f where amount > 2");

        assertThat(change(review(), "shop.order_f").nature()).contains(Nature.CHECKS);
        RunReport report = estate.run();
        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.plan().steps()).singleElement().isInstanceOf(Step.Check.class);
    }

    @Test
    void another_treatment_of_a_personal_column_is_told() {
        estate.file("shop/sources.yml", Shop.SOURCES.replace("treat: pseudonym", "treat: drop"));

        DatasetChange change = change(review(), "shop.customers");

        assertThat(change.nature()).contains(Nature.CONFIG);
        assertThat(change.facts())
                .containsExactly(
                        new DatasetChange.FactChange(
                                DatasetChange.Topic.PRIVACY,
                                "email",
                                Optional.of("email, pseudonym"),
                                Optional.of("email, drop")));
        assertThat(estate.run().plan().warnings())
                .containsExactly(
                        "privacy of shop.customers.email changes: email, pseudonym → email, drop");
        assertThat(estate.run().plan().warnings()).isEmpty();
    }

    @Test
    void formatting_is_told_and_is_no_change() {
        estate.file(
                "shop/models/order_f.sql",
                Shop.ORDER_F.replace("select order_id", "-- one row an order\nSELECT   ORDER_ID"));
        long before = estate.sql("select 1 from ade.runs").size();

        PlanReview review = review();

        assertThat(change(review, "shop.order_f").nature()).contains(Nature.FORMATTING);
        assertThat(review.plan().isEmpty()).isTrue();
        assertThat(review.hasChanges()).isFalse();
        assertThat(estate.run().run()).isEmpty();
        assertThat(estate.sql("select 1 from ade.runs")).hasSize((int) before);
    }

    @Test
    void columns_that_only_come_keep_history_and_go_forward() {
        estate.file(
                "shop/models/order_f.sql",
                Shop.ORDER_F.replace("amount\n", "amount, amount * 2 as twice\n"));

        PlanReview review = review();

        assertThat(change(review, "shop.order_f").nature()).contains(Nature.ADDITIVE);
        assertThat(review.plan().decisions())
                .containsExactly(
                        decision(Nature.ADDITIVE, OnChange.FORWARD, Decision.Ground.ADDITIVE));
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.sql("select count(*), count(twice) from shop.order_f"))
                .containsExactly("40|0");

        estate.file("landing/orders-2.csv", Shop.orders(100, 5, 3));
        RunReport more = estate.run();
        assertThat(more.exitStatus()).isZero();
        assertThat(estate.sql("select count(*), count(twice) from shop.order_f"))
                .containsExactly("43|3");
        assertThat(review().hasChanges()).isFalse();

        estate.file("landing/orders-3.csv", Shop.orders(200, 2, 1));
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.sql("select count(*), count(twice) from shop.order_f"))
                .as("a late row makes its day again, by the new query")
                .containsExactly("44|20");
        assertThat(review().hasChanges()).isFalse();
    }

    @Test
    void an_incremental_model_that_goes_on_has_no_history_to_decide_about() {
        String log =
                """
                {{ config(materialized='incremental', on_schema_change='append_new_columns') }}
                select order_id, amount from shop.orders
                {% if is_incremental() %}
                where order_id > (select max(order_id) from {{ this }})
                {% endif %}
                """;
        estate.file("shop/models/log.sql", log);
        assertThat(estate.run().exitStatus()).isZero();
        estate.file("shop/models/log.sql", log.replace("amount from", "2 * amount as amount from"));

        PlanReview review = review();

        assertThat(change(review, "shop.log").nature()).contains(Nature.BREAKING);
        assertThat(review.plan().decisions()).isEmpty();
        assertThat(review.plan().steps())
                .filteredOn(step -> step.dataset().name().equals("log"))
                .extracting(Step::reason)
                .containsExactly("its definition changed; its history stays");
    }

    @Test
    void what_reads_a_changed_model_is_bound_over_its_new_columns() {
        String log =
                """
                {{ config(materialized='table') }}
                select order_id as id, (select count(*) from shop.order_f) as orders
                from shop.order_f
                """;
        estate.file("shop/models/log.sql", log)
                .file("shop/models/last.sql", "select max(id) as id from shop.log");
        assertThat(estate.run().exitStatus()).isZero();
        estate.file("shop/models/log.sql", log.replace("as id", "as order_id"));

        assertThat(change(review(), "shop.last").problems())
                .singleElement()
                .asString()
                .contains("Column \"id\"");
    }

    @Test
    void a_breaking_change_restates_unless_somebody_says_forward() {
        estate.file(
                "shop/models/order_f.sql", Shop.ORDER_F.replace("amount\n", "-amount as amount\n"));
        HistoryChoice forward =
                new HistoryChoice(Optional.empty(), Optional.of(List.of("order_f")));

        assertThat(review().plan().decisions())
                .containsExactly(
                        decision(Nature.BREAKING, OnChange.RESTATE, Decision.Ground.PROMISE));
        try (Ade ade = estate.open()) {
            assertThat(ade.run(Estate.request().with(forward), RunListener.NONE).exitStatus())
                    .isZero();
        }
        assertThat(estate.sql("select count(*) from shop.order_f where amount < 0"))
                .containsExactly("0");
        assertThat(review().hasChanges()).as("forward stays decided").isFalse();
        estate.file("landing/orders-2.csv", Shop.orders(100, 5, 3));
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.sql("select count(*) from shop.order_f where amount < 0"))
                .containsExactly("3");

        estate.file(
                "shop/models/order_f.sql",
                Shop.ORDER_F.replace("amount\n", "-2 * amount as amount\n"));
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.sql("select count(*) from shop.order_f where amount < 0"))
                .as("by default all is made again")
                .containsExactly("43");
    }

    @Test
    void an_incremental_model_keeps_its_rows_and_does_not_add_them_twice() {
        String text =
                """
                {{ config(materialized='incremental', on_change='forward') }}
                select order_id, amount from shop.orders
                """;
        estate.file("shop/models/log_i.sql", text);
        assertThat(estate.run().exitStatus()).isZero();
        estate.file(
                "shop/models/log_i.sql", text.replace("amount from", "amount, 'new' as how from"));

        assertThat(estate.run().exitStatus()).isZero();

        assertThat(estate.sql("select count(*), count(how) from shop.log_i"))
                .containsExactly("40|0");
        assertThat(review().hasChanges()).isFalse();
    }

    private static Decision decision(Nature nature, OnChange choice, Decision.Ground ground) {
        return new Decision(TableName.parse("shop.order_f"), nature, choice, ground);
    }
}
