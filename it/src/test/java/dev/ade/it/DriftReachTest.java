package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.PlanReview;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that has other columns than before: whom that reaches is said where it is found.
final class DriftReachTest {
    private Estate estate;

    private static final String SOURCE =
            """
            sources:
              - name: shop
                tables:
                  - name: orders
                    load: {files: "in/*.csv"}
                    drift: %s
            """;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nmodels: {+materialized: table}\n")
                        .file("in/1.csv", "id,city,amount\n1,Ulm,10\n2,Rom,20\n")
                        .file("models/sources.yml", SOURCE.formatted("evolve"))
                        .file(
                                "models/sales.sql",
                                "select id, amount * 2 as twice from {{ source('shop', 'orders') }} where city <> 'Bonn'")
                        .file("models/total.sql", "select sum(twice) as t from {{ ref('sales') }}")
                        .file("models/count.sql", "select count(*) as n from {{ ref('sales') }}")
                        .file(
                                "models/all.yml",
                                """
                                models:
                                  - name: sales
                                    columns: [{name: twice, data_tests: [not_null]}]
                                exposures:
                                  - name: board
                                    label: The board
                                    type: dashboard
                                    owner: {name: Ann}
                                    depends_on: ["ref('total')"]
                                """);
        assertThat(estate.run().exitStatus()).isZero();
    }

    private List<String> notes(RunReport report) {
        return report.results().stream().map(StepResult::notes).flatMap(List::stream).toList();
    }

    @Test
    void a_lost_column_names_what_follows_from_it() {
        estate.file("in/2.csv", "id,city\n3,Wien\n");

        assertThat(notes(estate.run()))
                .contains(
                        """
                        column 'amount' is not in in/2.csv (reaches estate.sales.twice, estate.total.t; \
                        checked by not_null_sales_twice; exposed by The board)\
                        """);
    }

    private List<String> planned() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request()).plan().warnings();
        }
    }

    @Test
    void a_plan_says_it_before_a_run_does() {
        assertThat(planned()).isEmpty();
        estate.file("in/2.csv", "id,city,region\n3,Wien,south\n");

        assertThat(planned())
                .containsExactly(
                        "shop.orders: new column 'region' (varchar) in in/2.csv; drift: evolve",
                        """
                        shop.orders: column 'amount' is not in in/2.csv (reaches estate.sales.twice, estate.total.t; \
                        checked by not_null_sales_twice; exposed by The board); drift: evolve\
                        """);

        estate.file("models/sources.yml", SOURCE.formatted("freeze"));
        assertThat(planned())
                .singleElement()
                .asString()
                .startsWith(
                        "Cannot load shop.orders: its contract is frozen and the files have changed: new column 'region'");
        assertThat(planned()).hasSize(1);
    }

    @Test
    void a_renamed_column_shows_in_the_plan_and_stays_what_it_was() {
        estate.file("in/2.csv", "id,city,price\n3,Wien,30\n");
        estate.file(
                "models/sources.yml",
                SOURCE.formatted("evolve")
                        + "        columns: [{name: price, aliases: [amount]}]\n");

        try (Ade ade = estate.open()) {
            PlanReview review = ade.review(Estate.request());
            assertThat(review.plan().warnings()).isEmpty();
            assertThat(review.comparison().changes())
                    .filteredOn(change -> !change.problems().isEmpty())
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.dataset()).hasToString("estate.sales");
                        assertThat(change.problems().getFirst()).contains("\"amount\" not found");
                    });
        }
        estate.file(
                "models/sales.sql",
                "select id, price * 2 as twice from {{ source('shop', 'orders') }} where city <> 'Bonn'");
        RunReport report = estate.run();

        assertThat(report.exitStatus()).isZero();
        assertThat(notes(report)).contains("column 'amount' is called 'price' from now on");
        assertThat(estate.sql("select t from estate.total")).containsExactly("120");
    }

    @Test
    void another_rate_is_told_by_a_monitor_of_the_source() {
        estate.file(
                "models/sources.yml",
                SOURCE.formatted("evolve")
                        + "        event_time: at\n        monitors: [{volume: {min: 2, max: 3}}]\n");
        estate.file("in/1.csv", "id,city,amount,at\n1,Ulm,10,2026-01-01\n2,Rom,20,2026-01-01\n");
        assertThat(warnings()).isEmpty();
        estate.file("in/2.csv", "id,city,amount,at\n3,Rom,20,2026-01-02\n");

        assertThat(warnings())
                .containsExactly("1 row on 2026-01-02, the newest day with rows, expected 2 to 3");
    }

    private List<String> warnings() {
        return estate.run().results().stream()
                .flatMap(result -> result.checks().stream())
                .filter(result -> result.outcome() == Checker.Outcome.WARN)
                .map(Checker.Result::message)
                .toList();
    }

    @Test
    void a_column_that_only_decides_about_rows_names_their_dataset() {
        estate.file("in/2.csv", "id,amount\n3,5\n");

        assertThat(notes(estate.run()))
                .contains("column 'city' is not in in/2.csv (reaches rows of estate.sales)");
    }

    @Test
    void a_frozen_contract_says_it_when_it_refuses() {
        estate.file("models/sources.yml", SOURCE.formatted("freeze")).run();
        estate.file("in/2.csv", "id,city,amount\n3,Wien,much\n");

        RunReport report = estate.run();

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "column 'amount' is varchar instead of bigint in in/2.csv (reaches estate.sales.twice"));
    }
}
