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

    /// Its rows are those of its inputs, which are published.
    @Test
    void a_view_that_is_withheld_says_what_it_shows() {
        estate.file(
                        "models/sales.sql",
                        "{{ config(materialized='view') }} select * from {{ ref('orders') }}")
                .published();

        estate.file("seeds/orders.csv", "id,person\n1,1\n2,\n3,7\n");
        RunReport report = estate.run();

        assertThat(states(report)).containsExactly("orders DONE", "sales WITHHELD");
        assertThat(report.results().getLast().notes())
                .singleElement()
                .asString()
                .contains("shows what its inputs hold now");
        assertThat(estate.sql("select id from estate.sales order by id"))
                .containsExactly("1", "2", "3");

        estate.file("models/sales.sql", "select * from {{ ref('orders') }}");
        assertThat(estate.run().results().getLast().notes()).isEmpty();
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

    @Test
    void checks_read_what_is_published_of_a_dataset_that_is_withheld() {
        estate.file(
                "models/unique.yml",
                """
                models:
                  - name: customers
                    data_tests:
                      - unique: {column_name: id}
                """);
        estate.file("seeds/people.csv", "id\n1\n2\n3\n3\n");
        estate.file("seeds/orders.csv", "id,person\n1,1\n2,3\n");

        RunReport report = estate.run();

        assertThat(states(report)).contains("customers WITHHELD", "sales WITHHELD");
        assertThat(estate.sql("select max(person) from estate.sales")).containsExactly("2");
    }

    @Test
    void what_a_check_read_of_a_withheld_dataset_is_read_again_when_that_goes_out() {
        String unique =
                """
                models:
                  - name: customers
                    data_tests:
                      - unique: {column_name: id%s}
                """;
        estate.file("models/unique.yml", unique.formatted(""));
        estate.file("seeds/people.csv", "id\n1\n1\n");
        assertThat(states(estate.run())).contains("customers WITHHELD", "sales DONE");

        estate.file("models/unique.yml", unique.formatted(", severity: warn"));
        RunReport report = estate.run();

        assertThat(states(report)).contains("customers DONE", "sales WITHHELD");
    }

    @Test
    void a_check_says_that_what_it_reads_was_never_published() {
        estate.file("seeds/towns.csv", "town\nUlm\nUlm\n")
                .file("models/deals.sql", "select * from {{ ref('orders') }}")
                .file("models/places.sql", "select * from {{ ref('towns') }}")
                .file(
                        "models/places.yml",
                        """
                        models:
                          - name: places
                            data_tests:
                              - unique: {column_name: town}
                          - name: deals
                            data_tests:
                              - relationships: {column_name: person, to: ref('places'), field: town}
                        """);

        RunReport report = estate.run();

        assertThat(states(report)).contains("places WITHHELD", "deals WITHHELD");
        assertThat(report.results())
                .filteredOn(result -> result.step().dataset().name().equals("deals"))
                .extracting(StepResult::message)
                .singleElement()
                .asString()
                .endsWith("estate.places, which it reads, is not published yet");
    }

    @Test
    void a_check_is_made_again_when_one_of_another_dataset_withholds_what_it_read() {
        estate.file("models/towns.sql", "select * from {{ ref('places') }}")
                .file("seeds/places.csv", "name\nUlm\n")
                .file("seeds/people.csv", "id,town\n1,Ulm\n2,Ulm\n")
                .file(
                        "models/towns.yml",
                        """
                        models:
                          - name: customers
                            data_tests:
                              - relationships: {column_name: town, to: ref('towns'), field: name}
                        """);
        assertThat(estate.run().exitStatus()).isZero();

        estate.file("seeds/people.csv", "id,town\n1,Ulm\n2,Ulm\n3,Bonn\n");
        estate.file("seeds/orders.csv", "id,person\n1,1\n2,3\n");
        RunReport report = estate.run();

        assertThat(states(report)).contains("customers WITHHELD", "sales WITHHELD");
        assertThat(
                        estate.sql(
                                "select count(*) from ade.checks where run_id = "
                                        + report.run().orElseThrow().number()
                                        + " and check_name like 'relationships_sales%'"))
                .containsExactly("1");
    }
}
