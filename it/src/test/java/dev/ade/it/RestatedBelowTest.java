package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made from a restated dataset and does not go out with it. Its version says nothing, as no definition and no
/// input has another one.
final class RestatedBelowTest {
    private Estate estate;

    /// How many runs there were is no part of a version.
    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nmodels: {+materialized: table}\n")
                        .file("seeds/days.csv", "day\n2026-01-01\n2026-01-02\n");
        assertThat(estate.run().exitStatus()).isZero();
        estate.file("models/runs.sql", "select count(*)::int as n from ade.runs")
                .file("models/sales.sql", "select n from {{ ref('runs') }}")
                .file("models/total.sql", "select sum(n)::int as n from {{ ref('sales') }}")
                .file(
                        "models/sold.sql",
                        "{{ config(materialized='fact', event_time='day') }} select cast(day as timestamp) as day, n"
                                + " from {{ ref('days') }}, {{ ref('sales') }}");
        accept("[1]");
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.run().plan().isEmpty()).isTrue();
    }

    private void accept(String values) {
        estate.file(
                "models/all.yml",
                """
                models:
                  - name: sales
                    columns:
                      - name: n
                        data_tests:
                          - accepted_values: {arguments: {values: %s, quote: false}}
                """
                        .formatted(values));
    }

    private RunReport restate() {
        RunRequest request =
                new RunRequest(
                        List.of(),
                        List.of(),
                        RunRequest.Refresh.CHANGED,
                        Optional.of(
                                new RunRequest.Restatement(
                                        TableName.parse("estate.runs"), Interval.ALWAYS)),
                        "ade run --restate");
        try (Ade ade = estate.open()) {
            return ade.run(request, RunListener.NONE);
        }
    }

    private List<String> published() {
        return estate.sql(
                "select (select n from estate.runs), (select n from estate.sales), (select n from estate.total), (select max(n) from estate.sold)");
    }

    @Test
    void what_is_withheld_below_a_restated_dataset_is_made_again_until_it_goes_out() {
        assertThat(restate().state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);
        assertThat(published()).containsExactly("2|1|1|1");

        RunReport again = estate.run();
        assertThat(again.exitStatus()).isEqualTo(1);
        assertThat(again.published()).isEmpty();

        accept("[1, 2]");
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(published()).containsExactly("2|2|2|2");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void what_goes_out_with_a_restated_dataset_is_current() {
        accept("[1, 2, 3]");
        estate.run();
        assertThat(restate().exitStatus()).isZero();

        assertThat(published()).hasSize(1).allMatch(row -> row.matches("(\\d)([|]\\1){3}"));
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }
}
