package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.TableName;
import dev.ade.run.Estimate;
import dev.ade.run.PlanReview;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.run.compare.DatasetChange.Sort;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan says of a project that goes through every kind of change.
class PlanTest {
    private static final String ORDER_F =
            """
            {{ config(materialized='fact', event_time='ordered_at', grain='day') }}
            select order_id, {{ surrogate_key('customer_id') }} as customer_key,
              ordered_at, amount
            from shop.orders
            """;

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

    private static List<String> names(List<TableName> names) {
        return names.stream().map(TableName::toString).toList();
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
                ORDER_F.replace("amount\n", "cast(amount as double) as amount\n")
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
        assertThat(names(change.below()))
                .containsExactly("shop.big_orders", "shop.revenue_day_d", "shop.revenue_r");
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
    void another_treatment_of_a_personal_column_is_told() {
        String sources =
                """
                sources:
                  - name: shop
                    tables:
                      - name: customers
                        load: {files: "landing/customers-*.csv", mode: merge, key: customer_id}
                        columns:
                          - {name: customer_id, data_type: bigint, data_tests: [not_null, unique]}
                          - {name: email, privacy: {class: email, treat: drop}}
                          - {name: city, data_type: varchar}
                      - name: orders
                        event_time: ordered_at
                        load: {files: "landing/orders-*.csv"}
                        columns:
                          - {name: order_id, data_type: bigint, data_tests: [not_null]}
                          - {name: customer_id, data_type: bigint}
                          - {name: ordered_at, data_type: timestamp}
                          - {name: amount, data_type: "decimal(10,2)"}
                """;
        estate.file("shop/sources.yml", sources);

        DatasetChange change = change(review(), "shop.customers");

        assertThat(change.nature()).contains(Nature.CONFIG);
        assertThat(change.facts())
                .containsExactly(
                        new DatasetChange.FactChange(
                                DatasetChange.Topic.PRIVACY,
                                "email",
                                Optional.of("email, pseudonym"),
                                Optional.of("email, drop")));
    }

    @Test
    void formatting_is_told_and_is_no_change() {
        estate.file(
                "shop/models/order_f.sql",
                ORDER_F.replace("select order_id", "-- one row an order\nselect   order_id"));

        PlanReview review = review();

        assertThat(change(review, "shop.order_f").nature()).contains(Nature.FORMATTING);
        assertThat(review.plan().isEmpty()).isTrue();
        assertThat(review.hasChanges()).isFalse();
    }
}
