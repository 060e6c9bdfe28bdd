package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests of models that are nothing but a query within others.
class DbtEphemeralTest {
    private Estate estate;

    @BeforeEach
    void write_a_project(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("shop"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file("seeds/sales.csv", "id,amount\n1,10\n2,20\n")
                        .file(
                                "models/double.sql",
                                "{{ config(materialized='ephemeral') }}\n"
                                        + "select id, 2 * amount as amount from {{ ref('sales') }}")
                        .file("models/orders.sql", "select * from {{ ref('double') }}");
    }

    private void tested(String tests) {
        estate.file(
                "models/all.yml",
                """
                models:
                  - name: double
                    columns:
                      - name: amount
                        data_tests: %s
                """
                        .formatted(tests));
    }

    @Test
    void they_pass_where_nothing_is_wrong() {
        tested(
                "[unique, not_null, {accepted_values: {values: [20, 40], quote: false}},"
                        + " {relationships: {to: ref('orders'), field: amount}}]");

        estate.published();

        assertThat(estate.sql("select check_name, outcome from ade.checks order by 1"))
                .containsExactly(
                        "accepted_values_double_amount__20__40|pass",
                        "not_null_double_amount|pass",
                        "relationships_double_amount__amount__ref_orders_|pass",
                        "unique_double_amount|pass");
    }

    @Test
    void they_fail_by_rows_of_its_query() {
        tested("[{accepted_values: {values: [40], quote: false, config: {where: id > 0}}}]");

        assertThat(estate.run().results())
                .extracting(StepResult::state)
                .contains(StepResult.State.WITHHELD);
        assertThat(estate.sql("select outcome, failures from ade.checks"))
                .containsExactly("fail|1");
    }

    @Test
    void a_test_of_another_may_refer_to_one() {
        tested("[]");
        estate.file(
                "models/orders.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: amount
                        data_tests: [{relationships: {to: ref('double'), field: amount}}]
                """);

        estate.published();

        assertThat(estate.sql("select outcome from ade.checks")).containsExactly("pass");
    }
}
