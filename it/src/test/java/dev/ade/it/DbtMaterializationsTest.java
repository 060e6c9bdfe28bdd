package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that macros of the project make.
class DbtMaterializationsTest {
    private static final String PILE =
            """
            {% materialization pile, adapter='duckdb' %}
                {%- set existing = load_relation(this) -%}
                {%- set target_relation = this.incorporate(type='table') -%}
                {%- set tmp = make_temp_relation(this) -%}
                {{ run_hooks(pre_hooks) }}
                {% if existing is none or should_full_refresh() %}
                    {% do adapter.create_schema(this) %}
                    {% do drop_relation_if_exists(existing) %}
                    {% call statement('main') %}{{ create_table_as(False, target_relation, sql) }}{% endcall %}
                {% else %}
                    {% do run_query(create_table_as(True, tmp, sql)) %}
                    {% call statement('main') %}
                        delete from {{ this }} where id in (select id from {{ tmp }});
                        insert into {{ this }} select * from {{ tmp }}
                    {% endcall %}
                    {% do adapter.drop_relation(tmp) %}
                {% endif %}
                {% do create_indexes(target_relation) %}
                {{ run_hooks(post_hooks) }}
                {% do apply_grants(target_relation, config.get('grants'), should_revoke=false) %}
                {% do persist_docs(target_relation, model) %}
                {{ adapter.commit() }}
                {{ return({'relations': [target_relation]}) }}
            {% endmaterialization %}
            """;

    private Estate estate;

    @BeforeEach
    void write_a_shop(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("shop"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file("seeds/sales.csv", "id,amount\n1,10\n2,20\n3,30\n")
                        .file("macros/pile.sql", PILE);
    }

    @Test
    void a_macro_makes_the_rows_and_has_those_of_last_time() {
        estate.file(
                "models/m.sql",
                """
                {{ config(materialized='pile', post_hook=["update {{ this }} set amount = -amount where id = 3", "analyze"]) }}
                select id, amount from {{ ref('sales') }}
                """);
        estate.published();
        assertThat(estate.sql("from estate.m order by id"))
                .containsExactly("1|10", "2|20", "3|-30");

        estate.file("seeds/sales.csv", "id,amount\n2,22\n4,40\n");
        estate.published();
        assertThat(estate.sql("from estate.m order by id"))
                .containsExactly("1|10", "2|22", "3|30", "4|40");

        assertThat(estate.run().results())
                .extracting(StepResult::state)
                .doesNotContain(StepResult.State.DONE);

        refreshed();
        assertThat(estate.sql("from estate.m order by id")).containsExactly("2|22", "4|40");
    }

    @Test
    void hooks_of_tables_may_change_their_rows() {
        estate.file(
                        "models/m.sql",
                        """
                        {{ config(materialized='table', post_hook="insert into {{ this }} values (9, 90)") }}
                        select id, amount from {{ ref('sales') }} where id = 1
                        """)
                .file(
                        "macros/fill.sql",
                        """
                        {% macro fill(relation) %}
                            {% for node in graph.nodes.values() if node.depends_on and node.depends_on.nodes %}
                                {% call statement('insert') %}
                                    insert into {{ relation }} values ('{{ node.name }}', '{{ node.depends_on.nodes | join }}')
                                {% endcall %}
                            {% endfor %}
                        {% endmacro %}
                        """)
                .file(
                        "models/nodes.sql",
                        """
                        {{ config(materialized='table', post_hook="{{ fill(this) }}") }}
                        select cast(null as varchar) as name, cast(null as varchar) as parents where false
                        """);
        estate.published();
        assertThat(estate.sql("from estate.m order by id")).containsExactly("1|10", "9|90");
        assertThat(estate.sql("from estate.nodes")).containsExactly("m|seed.estate.sales");

        estate.file("models/n.sql", "select * from {{ ref('m') }}");
        estate.published();
        assertThat(estate.sql("from estate.m order by id")).containsExactly("1|10", "9|90");
        assertThat(estate.sql("from estate.nodes order by name"))
                .containsExactly("m|seed.estate.sales", "n|model.estate.m");
    }

    @Test
    void rows_of_an_answer_come_one_by_one() {
        estate.file(
                "models/m.sql",
                """
                select 0 as id {% if execute %}{% for row in run_query('select id from ' ~ ref('sales') ~ ' order by id') %}
                union all select {{ row[0] }}{% endfor %}{% endif %} -- depends_on: {{ ref('sales') }}
                """);
        estate.published();
        assertThat(estate.sql("from estate.m order by id")).containsExactly("0", "1", "2", "3");
    }

    private void refreshed() {
        try (Ade ade = estate.open()) {
            RunRequest all = RunRequest.everything("ade run");
            RunReport report =
                    ade.run(
                            new RunRequest(
                                    all.select(),
                                    all.exclude(),
                                    RunRequest.Refresh.FULL,
                                    Optional.empty(),
                                    all.command()),
                            RunListener.NONE);
            assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        }
    }

    @Test
    void a_changed_macro_starts_over() {
        estate.file(
                "models/m.sql",
                "{{ config(materialized='pile') }} select id, amount from {{ ref('sales') }}");
        estate.published();
        estate.file("seeds/sales.csv", "id,amount\n7,70\n")
                .file("macros/pile.sql", PILE.replace("is none or", "is none  or"));
        estate.published();
        assertThat(estate.sql("from estate.m")).containsExactly("7|70");
    }

    @Test
    void a_macro_that_fails_or_leaves_nothing_publishes_nothing() {
        estate.file(
                "models/m.sql",
                "{{ config(materialized='pile') }} select id, amount from {{ ref('sales') }}");
        estate.published();
        estate.file("seeds/sales.csv", "id,amount\n7,70\n")
                .file(
                        "macros/pile.sql",
                        PILE.replace(
                                "{{ adapter.commit() }}", "{% do run_query('select nothing') %}"));
        RunReport failed = estate.run();
        assertThat(failed.results())
                .filteredOn(result -> result.step().dataset().equals(TableName.parse("estate.m")))
                .extracting(StepResult::message)
                .singleElement()
                .asString()
                .contains("nothing");
        assertThat(estate.sql("select count(*) from estate.m")).containsExactly("3");

        estate.file(
                "macros/pile.sql",
                PILE.replace("{{ adapter.commit() }}", "{% do adapter.drop_relation(this) %}"));
        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "Cannot build estate.m: its materialization pile (macros/pile.sql:1:20) left no table or view \"estate\".\"m\""));
    }

    @Test
    void a_macro_reaches_no_file_and_no_other_dataset() {
        estate.file("models/other.sql", "{{ config(materialized='table') }} select 1 as a")
                .file(
                        "models/m.sql",
                        "{{ config(materialized='pile') }} select id, amount from {{ ref('sales') }}");
        for (String statement :
                java.util.List.of(
                        "copy (select 1) to '" + estate.root() + "/out.csv'",
                        "create table x as select * from read_text('/etc/passwd')",
                        "attach '" + estate.root() + "/x.db'",
                        "select * from estate.other")) {
            estate.file(
                    "macros/pile.sql",
                    PILE.replace(
                            "{{ adapter.commit() }}", "{% do run_query(\"" + statement + "\") %}"));
            assertThat(estate.run().results())
                    .filteredOn(result -> result.step().dataset().name().equals("m"))
                    .as(statement)
                    .extracting(StepResult::state)
                    .containsExactly(StepResult.State.FAILED);
        }
        assertThat(estate.root().resolve("out.csv")).doesNotExist();
        assertThat(estate.root().resolve("x.db")).doesNotExist();
    }

    @Test
    void what_is_made_is_checked_read_and_followed_as_any_other() {
        estate.file(
                        "models/m.sql",
                        "{{ config(materialized='pile') }} select id, amount from {{ ref('sales') }}")
                .file(
                        "models/above.sql",
                        "{{ config(materialized='table') }} select sum(amount) as s from {{ ref('m') }}")
                .file(
                        "models/m.yml",
                        "models: [{name: m, columns: [{name: id, data_tests: [unique]}]}]\n");
        estate.published();
        assertThat(estate.sql("from estate.above")).containsExactly("60");
        assertThat(
                        estate.sql(
                                "select column_name, input_dataset, input_column from ade.lineage where dataset = 'estate.m' order by 1"))
                .containsExactly("amount|estate.sales|amount", "id|estate.sales|id");

        estate.file("seeds/sales.csv", "id,amount\n1,10\n1,20\n");
        estate.file("macros/pile.sql", PILE.replace("delete from", "delete  from"));
        assertThat(estate.run().results())
                .filteredOn(result -> result.step().dataset().name().equals("m"))
                .extracting(StepResult::state)
                .containsExactly(StepResult.State.WITHHELD);
    }

    @Test
    void tables_of_the_project_are_made_in_its_own_way() {
        estate.file(
                        "macros/table.sql",
                        """
                        {% materialization table, default %}
                            {%- set made = dbt.materialization_table_default() -%}
                            {% do run_query("alter table " ~ this ~ " add column made_by varchar default 'us'") %}
                            {{ return(made) }}
                        {% endmaterialization %}
                        """)
                .file("models/t.sql", "{{ config(materialized='table') }} select 1 as a");
        estate.published();
        assertThat(estate.sql("from estate.t")).containsExactly("1|us");
    }

    @Test
    void a_text_that_is_no_query_means_what_its_macro_makes_of_it() {
        estate.file(
                        "macros/list.sql",
                        """
                        {% materialization list, default %}
                            {% call statement('main') %}create table {{ this }} (line varchar){% endcall %}
                            {% for line in sql.split('|') %}
                                {% do run_query("insert into " ~ this ~ " select '" ~ line | trim ~ "' || count(*) from " ~ ref('sales')) %}
                            {% endfor %}
                        {% endmaterialization %}
                        """)
                .file(
                        "models/l.sql",
                        "{{ config(materialized='list') }} a | b -- depends_on: {{ ref('sales') }}");
        estate.published();
        assertThat(estate.sql("from estate.l order by 1")).containsExactly("a3", "b3");
    }
}
