package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// dbt's unit tests: before a model is built, and in `ade check`.
class UnitTestsTest {
    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nvars: {limit: 100}\n")
                        .file("seeds/payments.csv", "id,amount,paid_on\n1,50,2026-01-01\n")
                        .file(
                                "models/sizes.sql",
                                """
                                select id, amount, case when amount > {{ var('limit') }} then 'big' else 'small' end as size
                                from {{ ref('payments') }}
                                """);
    }

    private Estate test(String body) {
        return estate.file("models/sizes.yml", "unit_tests:\n" + body.indent(2));
    }

    private StepResult sizes(RunReport report) {
        return report.results().stream()
                .filter(result -> result.step().dataset().name().equals("sizes"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_rows_of_what_has_no_known_columns_are_told_how_to_give_them() {
        estate.file(
                        "models/kept.sql",
                        "{{ config(materialized='ephemeral') }} select id from {{ ref('payments') }}")
                .file("models/sizes.sql", "select count(k.id) as n from {{ ref('kept') }} k");
        String none =
                """
                - name: none
                  model: sizes
                  given: [{input: ref('kept'), %s}]
                  expect: {rows: [{n: 0}]}
                """;
        test(none.formatted("rows: []"));
        assertThat(sizes(estate.run()).message())
                .contains("no rows of", "kept", "ephemeral", "format: sql");

        test(none.formatted("format: sql, rows: select 1 as id where false"));
        assertThat(sizes(estate.run()).state()).isEqualTo(StepResult.State.DONE);
    }

    @Test
    void rows_in_every_format_are_compared_without_order() {
        test(
                """
                - name: dict
                  model: sizes
                  given:
                    - input: ref('payments')
                      rows: [{id: 1, amount: 150}, {id: 2, amount: 3}, {id: 3}]
                  expect:
                    rows: [{id: 3, size: small}, {id: 1, size: big}, {size: small, id: 2}]
                - name: csv
                  model: sizes
                  overrides: {vars: {limit: 1}}
                  given:
                    - input: ref('payments')
                      format: csv
                      rows: |
                        id,amount
                        7,2
                  expect: {format: csv, fixture: sizes}
                - name: sql
                  model: sizes
                  given:
                    - input: ref('payments')
                      format: sql
                      rows: select 1 as id, 5 as amount
                  expect:
                    format: sql
                    rows: select 'small' as size
                """);
        estate.file("tests/fixtures/sizes.csv", "id,size\n7,big\n");
        RunReport report = estate.run();

        assertThat(sizes(report).message()).isEmpty();
        assertThat(sizes(report).checks())
                .extracting(result -> result.check().name() + " " + result.outcome())
                .containsExactlyInAnyOrder("dict PASS", "csv PASS", "sql PASS");
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_test_that_fails_shows_what_differs_and_withholds_the_model() {
        test(
                """
                - name: wrong
                  model: sizes
                  given:
                    - input: ref('payments')
                      rows: [{id: 1, amount: 150}]
                  expect:
                    rows: [{id: 1, size: small}]
                """);
        RunReport report = estate.run();

        assertThat(sizes(report).state()).isEqualTo(StepResult.State.WITHHELD);
        assertThat(sizes(report).message())
                .isEqualTo(
                        """
                        wrong: 1 row was expected (-) but did not come, 1 row was not expected (+)
                              id size
                            - 1  small
                            + 1  big\
                        """);
        assertThat(report.state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);
    }

    @Test
    void an_incremental_model_is_tested_with_what_it_made_before() {
        estate.file(
                        "models/grown.sql",
                        """
                        {{ config(materialized='incremental') }}
                        select id from {{ ref('payments') }}
                        {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
                        """)
                .file(
                        "models/grown.yml",
                        """
                        unit_tests:
                          - name: only_new
                            model: grown
                            overrides: {macros: {is_incremental: true}}
                            given:
                              - input: ref('payments')
                                rows: [{id: 1}, {id: 2}]
                              - input: this
                                rows: [{id: 1}]
                            expect:
                              rows: [{id: 2}]
                        """);
        assertThat(estate.run().results()).extracting(StepResult::message).containsOnly("");
    }

    @Test
    void a_macro_of_a_package_may_be_overridden() {
        estate.file("dbt_packages/days/dbt_project.yml", "name: days")
                .file("packages.yml", "packages: [{local: dbt_packages/days}]")
                .file(
                        "dbt_packages/days/macros/today.sql",
                        "{% macro today() %}current_date{% endmacro %}")
                .file(
                        "models/dated.sql",
                        "select id, {{ days.today() }} as day from {{ ref('payments') }}")
                .file(
                        "models/dated.yml",
                        """
                        unit_tests:
                          - name: of_that_day
                            model: dated
                            overrides: {macros: {days.today: "date '2026-01-31'"}}
                            given: [{input: ref('payments'), rows: [{id: 1}]}]
                            expect: {rows: [{id: 1, day: 2026-01-31}]}
                        """);
        assertThat(estate.run().results()).extracting(StepResult::message).containsOnly("");
    }

    @Test
    void a_test_that_changed_is_run_again_and_what_it_does_not_give_is_named() {
        estate.run();
        test("- {name: gap, model: sizes, given: [], expect: {rows: []}}");
        RunReport report = estate.run();

        assertThat(report.results()).hasSize(1);
        assertThat(sizes(report).checks())
                .extracting(Checker.Result::message)
                .first()
                .asString()
                .contains(
                        "Cannot run unit test gap: it gives nothing for estate.payments, which estate.sizes reads");
        assertThat(List.of(sizes(report).state())).containsExactly(StepResult.State.WITHHELD);
    }
}
