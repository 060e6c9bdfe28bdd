package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns that get another type or place while rows of before stay.
class RetypedColumnTest {
    private Estate estate;

    @BeforeEach
    void write_orders(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "shop/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: orders
                                        event_time: seen
                                        load: {files: "landing/orders-*.csv"}
                                """)
                        .file(
                                "landing/orders-1.csv",
                                "id,qty,seen\n1,10,2026-01-01\n2,20,2026-01-02\n");
    }

    private void fact(String columns) {
        estate.file(
                "shop/models/order_f.sql",
                "{{ config(materialized='fact', event_time='seen', on_change='forward') }} select %s from shop.orders"
                        .formatted(columns));
    }

    private void incremental(String config) {
        estate.file(
                "shop/models/kept.sql",
                "{{ config(materialized='incremental'%s) }} select id, qty from shop.orders"
                                .formatted(config)
                        + "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}");
    }

    private StepResult failed() {
        RunReport report = estate.run();
        return report.results().stream()
                .filter(result -> !result.message().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void intervals_that_stay_keep_their_values_in_the_new_type() {
        fact("id, qty, seen");
        estate.published();
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30.7,2026-02-03\n");
        estate.published();

        assertThat(estate.sql("select id, qty from shop.order_f order by id"))
                .containsExactly("1|10.0", "2|20.0", "3|30.7");
    }

    @Test
    void intervals_that_stay_are_found_by_the_new_type_of_event_time() {
        fact("id, seen");
        estate.published();
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30,2026-01-02 10:00:00\n");
        estate.published();

        assertThat(estate.sql("select id, seen from shop.order_f order by id"))
                .containsExactly("1|2026-01-01T00:00", "2|2026-01-02T00:00", "3|2026-01-02T10:00");
    }

    @Test
    void intervals_that_stay_keep_values_in_their_columns_wherever_these_go() {
        fact("id, qty, id * 7 as code, seen");
        estate.published();
        fact("id, id * 7 as code, 1 as more, qty, seen");
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30,2026-01-02\n");
        estate.published();

        assertThat(estate.sql("select id, qty, code, more from shop.order_f order by id"))
                .containsExactly("1|10|7|null", "2|20|14|1", "3|30|21|1");
    }

    @Test
    void a_value_that_the_new_type_cannot_keep_is_refused() {
        estate.file("landing/orders-1.csv", "id,qty,seen\n1,10.5,2026-01-01\n2,20,2026-01-02\n");
        fact("id, qty, seen");
        estate.published();
        fact("id, cast(qty as integer) as qty, seen");
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30,2026-01-02\n");

        assertThat(failed().message())
                .startsWith(
                        "Cannot keep the rows of shop.order_f: qty becomes integer, which 1 of its values that are double"
                                + " cannot be (shop/models/order_f.sql)");
        assertThat(estate.sql("select id, qty from shop.order_f order by id"))
                .containsExactly("1|10.5", "2|20.0");
    }

    @Test
    void an_incremental_model_gets_a_type_that_holds_what_comes() {
        incremental("");
        estate.published();
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30.7,2026-02-03\n");
        estate.published();
        assertThat(estate.sql("from shop.kept order by id"))
                .containsExactly("1|10.0", "2|20.0", "3|30.7");

        incremental(", unique_key='id', on_schema_change='append_new_columns'");
        estate.published();
        estate.file("landing/orders-3.csv", "id,qty,seen\n4,40,2026-02-03\n");
        estate.published();
        assertThat(estate.sql("from shop.kept order by id"))
                .containsExactly("1|10.0", "2|20.0", "3|30.7", "4|40.0");
    }

    @Test
    void an_incremental_model_says_what_does_not_fit() {
        incremental("");
        estate.published();
        estate.file(
                "landing/orders-2.csv",
                "id,qty,seen\n3,many,2026-02-03\n4,7.5,2026-02-03\n5,08,2026-02-03\n");

        assertThat(failed().message())
                .startsWith(
                        "Cannot add to shop.kept: its query gives qty as varchar, and 2 of these values cannot be bigint"
                                + " as in the dataset (shop/models/kept.sql)");
    }

    @Test
    void an_incremental_model_that_takes_no_other_columns_takes_no_other_types() {
        incremental(", on_schema_change='fail'");
        estate.published();
        estate.file("landing/orders-2.csv", "id,qty,seen\n3,30.7,2026-02-03\n");

        assertThat(failed().message())
                .startsWith(
                        "Cannot add to shop.kept: its query gives columns id bigint, qty double, the dataset has"
                                + " id bigint, qty bigint (shop/models/kept.sql)");
    }

    @Test
    void a_history_goes_on_where_text_becomes_a_number() {
        estate.file(
                        "shop/models/size_d.sql",
                        "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select id, size from shop.sizes")
                .file(
                        "shop/snapshots/sizes.sql",
                        "{% snapshot sizes_history %}{{ config(unique_key='id', strategy='check', check_cols=['size']) }}"
                                + " select id, size from shop.sizes {% endsnapshot %}")
                .file(
                        "shop/models/sizes.sql",
                        "select 1 as id, '5' as size union all select 2, 'XL' union all select 3, 'M'");
        estate.published();
        estate.file(
                "shop/models/sizes.sql",
                "select 1 as id, 5 as size union all select 2, 42 union all select 4, 4");
        estate.published();

        String history = "select id, size, %s is null from %s order by id, %s";
        assertThat(estate.sql(history.formatted("valid_to", "shop.size_d", "valid_from")))
                .containsExactly("1|5|true", "2|XL|false", "2|42|true", "3|M|false", "4|4|true");
        assertThat(
                        estate.sql(
                                history.formatted(
                                        "dbt_valid_to", "shop.sizes_history", "dbt_valid_from")))
                .containsExactly("1|5|true", "2|XL|false", "2|42|true", "3|M|true", "4|4|true");
    }
}
