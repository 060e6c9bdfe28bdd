package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What dbt's incremental models say of a merge beyond its key.
class DbtIncrementalTest {
    private Estate estate;

    @BeforeEach
    void write_a_shop(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("shop"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file(
                                "seeds/sales.csv",
                                "id,day,amount,note\n1,2026-01-01,10,old\n2,2026-01-02,20,old\n");
    }

    private void twice(String config) {
        estate.file(
                "models/m.sql",
                "{{ config(materialized='incremental', %s) }} select id, day, amount, note from {{ ref('sales') }}"
                        .formatted(config));
        estate.published();
        estate.file(
                "seeds/sales.csv",
                "id,day,amount,note\n1,2026-01-01,11,new\n2,2026-01-02,22,new\n3,2026-01-02,33,new\n");
        estate.published();
    }

    private void hasRows(String... rows) {
        assertThat(estate.sql("select * from estate.m order by id, amount")).containsExactly(rows);
    }

    @Test
    void a_merge_updates_the_columns_it_is_told() {
        twice("incremental_strategy='merge', unique_key='id', merge_update_columns=['amount']");
        hasRows("1|2026-01-01|11|old", "2|2026-01-02|22|old", "3|2026-01-02|33|new");
    }

    @Test
    void a_merge_leaves_out_the_columns_it_is_told() {
        twice(
                "incremental_strategy='merge', unique_key=['id', 'day'], merge_exclude_columns=['Amount']");
        hasRows("1|2026-01-01|10|new", "2|2026-01-02|20|new", "3|2026-01-02|33|new");
    }

    @Test
    void a_merge_looks_at_the_rows_its_predicates_name() {
        twice(
                "incremental_strategy='merge', unique_key='id', incremental_predicates=[\"DBT_INTERNAL_DEST.day > date '2026-01-01'\"]");
        hasRows(
                "1|2026-01-01|10|old",
                "1|2026-01-01|11|new",
                "2|2026-01-02|22|new",
                "3|2026-01-02|33|new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incremental_strategy='merge', unique_key='id', merge_update_columns=['day', 'amount']",
                "incremental_strategy='merge', unique_key='id', merge_exclude_columns=['note']",
                "incremental_strategy='merge', unique_key='id', incremental_predicates=['true']",
                "incremental_strategy='insert_overwrite', partition_by='id'",
                "unique_key='id', post_hook='update {{ this }} set note = note'"
            })
    void what_comes_is_not_rounded(String config) {
        twice(config);
        estate.file(
                "seeds/sales.csv",
                "id,day,amount,note\n1,2026-01-01 10:30:00,1.5,x\n2,2026-01-02 00:00:00,20.25,x\n");
        estate.published();

        assertThat(estate.sql("select day, amount from estate.m where id < 3 order by id"))
                .containsExactly("2026-01-01T10:30|1.5", "2026-01-02T00:00|20.25");
    }

    @Test
    void rows_are_deleted_where_the_predicates_hold() {
        twice("unique_key='id', predicates=[\"DBT_INTERNAL_DEST.day > date '2026-01-01'\"]");
        hasRows(
                "1|2026-01-01|10|old",
                "1|2026-01-01|11|new",
                "2|2026-01-02|22|new",
                "3|2026-01-02|33|new");
    }

    @Test
    void partitions_that_come_are_overwritten() {
        estate.file(
                "models/m.sql",
                """
                {{ config(materialized='incremental', incremental_strategy='insert_overwrite', partition_by=['day']) }}
                select id, day, amount, note from {{ ref('sales') }}
                {% if is_incremental() %} where day > (select min(day) from {{ this }}) and id <> 2 {% endif %}
                """);
        estate.published();
        estate.file(
                "seeds/sales.csv",
                "id,day,amount,note\n1,2026-01-01,11,new\n2,2026-01-02,22,new\n3,2026-01-02,33,new\n");
        estate.published();
        hasRows("1|2026-01-01|10|old", "3|2026-01-02|33|new");
    }

    @Test
    void a_macro_of_the_project_is_a_strategy() {
        estate.file(
                "macros/s.sql",
                """
                {% macro get_incremental_keep_first_sql(arg_dict) %}
                    {%- set names = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
                    insert into {{ arg_dict['target_relation'] }} ({{ names }})
                    select {{ names }} from {{ arg_dict['temp_relation'] }}
                    where {{ arg_dict['unique_key'] }} not in (select {{ arg_dict['unique_key'] }} from {{ arg_dict['target_relation'] }})
                {% endmacro %}
                """);
        twice("incremental_strategy='keep_first', unique_key='id'");
        hasRows("1|2026-01-01|10|old", "2|2026-01-02|20|old", "3|2026-01-02|33|new");
    }

    @Test
    void columns_that_come_are_added_where_the_model_says_so() {
        twice(
                "incremental_strategy='merge', unique_key='id', merge_exclude_columns=['note'], on_schema_change='append_new_columns'");
        estate.file(
                "models/m.sql",
                """
                {{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', merge_exclude_columns=['note'], on_schema_change='append_new_columns') }}
                select id, day, amount, note, 'x' as more from {{ ref('sales') }} where id = 3
                """);
        estate.published();
        hasRows("1|2026-01-01|11|old|null", "2|2026-01-02|22|old|null", "3|2026-01-02|33|new|x");
    }

    @Test
    void both_ways_to_name_columns_are_one_too_many() {
        estate.file(
                "models/m.sql",
                "{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', merge_exclude_columns=['note'], merge_update_columns=['amount']) }} select * from {{ ref('sales') }}");
        estate.published();
        estate.file("seeds/sales.csv", "id,day,amount,note\n1,2026-01-01,11,new\n");
        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "Model cannot specify merge_update_columns and merge_exclude_columns"));
    }
}
