package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of failing rows that each test has under dbt's name.
class DbtFailuresTest {
    private Estate estate;

    @BeforeEach
    void write_a_project(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("shop"))
                        .file("ade.yml", "engine: {memory: 512MB, threads: 2}\n")
                        .file("dbt_project.yml", "name: shop\n")
                        .file(
                                "models/orders.sql",
                                "select 1 as id, date '2026-01-02' as day, 1.50::decimal(9, 2) as price"
                                        + " union all select null, null, 0 union all select 1, null, 7");
        properties("store_failures: true");
    }

    private void properties(String storage) {
        estate.file(
                "models/all.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests:
                          - not_null: {config: {severity: warn, %s}}
                          - unique: {config: {severity: warn, schema: audits, alias: twice, store_failures_as: view}}
                      - name: price
                        data_tests: [not_null, unique]
                      - name: day
                        data_tests:
                          - not_null: {config: {severity: warn, limit: 1, store_failures: true}}
                """
                        .formatted(storage));
    }

    @Test
    void rows_are_there_with_their_columns_and_replaced_by_the_next_run() {
        estate.published();
        assertThat(estate.sql("select price + 1, day from shop_dbt_test__audit.not_null_orders_id"))
                .containsExactly("1.00|null");
        assertThat(estate.sql("select count(*) from shop_dbt_test__audit.not_null_orders_day"))
                .containsExactly("1");
        assertThat(estate.sql("from audits.twice")).hasSize(1);

        estate.file("models/orders.sql", "select 1 as id, date '2026-01-02' as day, 2 as price");
        estate.published();
        assertThat(estate.sql("select id, price from shop_dbt_test__audit.not_null_orders_id"))
                .isEmpty();
        assertThat(estate.sql("select check_name from ade.failures")).hasSize(3);
    }

    @Test
    void a_file_may_have_a_name_that_no_table_has() {
        estate.file(
                "tests/no-loss.sql",
                "{{ config(severity='warn', store_failures=true) }} select price as lost, '007' as code"
                        + " from {{ ref('orders') }} where price > 5");
        estate.published();
        assertThat(estate.sql("from shop_dbt_test__audit.no_loss")).containsExactly("7.0|007");
    }

    @Test
    void a_warning_whose_rows_cannot_be_computed_withholds_nothing() {
        estate.file(
                "tests/odd.sql",
                "{{ config(severity='warn', store_failures=true) }} select ('odd' || price)::int as n"
                        + " from {{ ref('orders') }} where price > 5");
        RunReport report = estate.run();
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(report.results())
                .flatExtracting(StepResult::checks)
                .filteredOn(it -> it.check().name().equals("odd"))
                .extracting(it -> it.outcome() + " " + it.message())
                .containsExactly(
                        "WARN 1 row found that should not be there; its failing rows could not be stored: a value does"
                                + " not fit the type that it is compared with or cast to");
        assertThat(estate.sql("select price from shop.orders where price > 5"))
                .containsExactly("7.00");
        assertThat(estate.sql("select check_name from ade.failures where check_name = 'odd'"))
                .isEmpty();
    }

    @Test
    void rows_that_are_not_kept_are_in_no_table() {
        properties("store_failures_as: ephemeral");
        estate.published();
        assertThatThrownBy(() -> estate.sql("from shop_dbt_test__audit.not_null_orders_id"))
                .hasMessageContaining("shop_dbt_test__audit.not_null_orders_id");
        assertThat(estate.sql("from shop_dbt_test__audit.not_null_orders_price")).isEmpty();
    }

    @Test
    void dbts_files_name_the_table() throws IOException {
        estate.published();
        assertThat(relations("run_results.json", "results"))
                .containsExactlyInAnyOrder(
                        "\"audits\".\"twice\"",
                        "\"shop_dbt_test__audit\".\"not_null_orders_day\"",
                        "\"shop_dbt_test__audit\".\"not_null_orders_id\"");
        assertThat(relations("manifest.json", "nodes"))
                .containsExactlyInAnyOrder(
                        "\"audits\".\"twice\"",
                        "\"shop_dbt_test__audit\".\"not_null_orders_day\"",
                        "\"shop_dbt_test__audit\".\"not_null_orders_id\"");
    }

    private List<String> relations(String file, String part) throws IOException {
        JsonNode all =
                new ObjectMapper().readTree(estate.root().resolve("target/" + file).toFile());
        return all.get(part)
                .valueStream()
                .filter(it -> it.get("unique_id").asText().startsWith("test."))
                .map(it -> it.get("relation_name"))
                .filter(it -> !it.isNull())
                .map(it -> Objects.toString(it.asText()))
                .toList();
    }
}
