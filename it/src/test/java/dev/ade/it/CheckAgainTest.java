package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks that read other datasets than the one they are about, when those change.
final class CheckAgainTest {
    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\nmodels: {+materialized: table}\n")
                        .file("seeds/people.csv", "id\n1\n2\n")
                        .file("seeds/orders.csv", "id,person\n1,1\n2,2\n")
                        .file("models/customers.sql", "select * from {{ ref('people') }}")
                        .file("models/sales.sql", "select * from {{ ref('orders') }}")
                        .file(
                                "models/all.yml",
                                """
                                models:
                                  - name: sales
                                    columns:
                                      - name: person
                                        data_tests:
                                          - not_null
                                          - relationships:
                                              arguments: {to: ref('customers'), field: id}
                                """);
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.run().plan().isEmpty()).isTrue();
    }

    private static List<String> states(RunReport report) {
        return report.results().stream()
                .map(result -> result.step().dataset().name() + " " + result.state())
                .sorted()
                .toList();
    }

    @Test
    void a_dataset_that_stays_is_checked_when_what_its_checks_read_changes() {
        estate.file("seeds/people.csv", "id\n1\n");

        RunReport report = estate.run();

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(states(report))
                .containsExactly("customers DONE", "people DONE", "sales WITHHELD");
        assertThat(report.plan().steps())
                .filteredOn(Step.Check.class::isInstance)
                .extracting(Step::reason)
                .containsExactly("estate.customers changes, which its checks read");
    }

    @Test
    void what_failed_is_checked_until_it_holds() {
        estate.file("seeds/people.csv", "id\n1\n");
        estate.run();

        RunReport again = estate.run();

        assertThat(again.exitStatus()).isEqualTo(1);
        assertThat(states(again)).containsExactly("sales WITHHELD");
        estate.file("seeds/people.csv", "id\n1\n2\n3\n");
        assertThat(estate.run().exitStatus()).isZero();
        assertThat(estate.run().plan().isEmpty()).isTrue();
    }

    @Test
    void a_check_of_what_comes_before_reads_what_comes_after() {
        estate.file("models/all_sales.sql", "select * from {{ ref('sales') }}")
                .file(
                        "models/same.yml",
                        """
                        models:
                          - name: sales
                            data_tests:
                              - there_too: {other: ref('all_sales')}
                        """)
                .file(
                        "macros/there_too.sql",
                        """
                        {% test there_too(model, other) %}
                        select id from {{ model }} anti join {{ other }} using (id)
                        {% endtest %}
                        """);
        estate.file("models/all.yml", "models: []\n");
        assertThat(estate.run().exitStatus()).isZero();

        estate.file("models/all_sales.sql", "select * from {{ ref('sales') }} where id > 1");
        RunReport report = estate.run();

        assertThat(report.exitStatus()).isEqualTo(1);
        assertThat(report.results())
                .flatExtracting(StepResult::checks)
                .extracting(result -> result.check().name() + " " + result.outcome())
                .contains("there_too_sales__ref_all_sales_ FAIL");
    }
}
