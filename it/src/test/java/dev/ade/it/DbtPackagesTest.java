package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.spi.Checker;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dbt project with a package, whose templates ask the database.
class DbtPackagesTest {
    private Estate estate;

    @BeforeEach
    void write_a_tea_shop(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("tea"))
                        .file(
                                "dbt_project.yml",
                                """
                                name: estate
                                vars: {unit: g}
                                dispatch: [{macro_namespace: leaf, search_order: [estate, leaf]}]
                                models: {estate: {+materialized: table}, leaf: {+materialized: table}}
                                """)
                        .file("packages.yml", "packages: [{local: ../leaf}]\n")
                        .file("../leaf/dbt_project.yml", "name: leaf\n")
                        .file(
                                "../leaf/macros/leaf.sql",
                                """
                                {% macro values_of(relation, column) %}
                                    {%- call statement('found', fetch_result=true) -%}
                                        select distinct {{ column }} from {{ relation }} order by 1
                                    {%- endcall -%}
                                    {%- if execute -%}
                                        {{ return(load_result('found').table.columns[0].values()) }}
                                    {%- endif -%}
                                    {{ return([]) }}
                                {% endmacro %}

                                {% macro pivot(relation, column, value) -%}
                                    {%- for one in leaf.values_of(relation, column) %}
                                    sum({{ value }}) filter (where {{ column }} = '{{ one }}') as {{ adapter.quote(leaf.label(one)) }},
                                    {%- endfor %}
                                    count(*) as n
                                {%- endmacro %}

                                {% macro label(text) %}{{ return(adapter.dispatch('label', 'leaf')(text)) }}{% endmacro %}
                                {% macro default__label(text) %}{{ return(text) }}{% endmacro %}

                                {% test same_sum(model, column_name, as_in, of, scale=1) %}
                                    {{ config(fail_calc='sum(difference)') }}
                                    {%- set wanted = run_query('select sum(' ~ of ~ ') as s from ' ~ as_in) -%}
                                    select abs(sum({{ column_name }}) * {{ scale }} - {{ wanted.rows[0]['s'] if execute else 0 }}) as difference
                                    from {{ model }}
                                {% endtest %}
                                """)
                        .file("../leaf/models/units.sql", "select '{{ var('unit') }}' as unit")
                        .file(
                                "macros/label.sql",
                                "{% macro default__label(text) %}{{ return(text ~ '_' ~ var('unit')) }}{% endmacro %}\n")
                        .file("seeds/sales.csv", "id,kind,grams\n1,green,5\n2,black,7\n3,green,3\n")
                        .file(
                                "models/by_kind.sql",
                                "select {{ leaf.pivot(ref('sales'), 'kind', 'grams') }} from {{ ref('sales') }}\n")
                        .file(
                                "models/numbers.sql",
                                """
                                {%- set columns = adapter.get_columns_in_relation(ref('sales')) -%}
                                select
                                {%- for column in columns if column.is_number() %}
                                    max({{ column.quoted }}) as max_{{ column.name }},
                                {%- endfor %}
                                    any_value(unit) as unit
                                from {{ ref('sales') }}, {{ ref('leaf', 'units') }}
                                """)
                        .file(
                                "models/tea.yml",
                                """
                                models:
                                  - name: by_kind
                                    columns:
                                      - name: green_g
                                        data_tests:
                                          - leaf.same_sum:
                                              arguments: {as_in: ref('sales'), of: "grams", scale: 2}
                                              config: {error_if: "> 1"}
                                """);
    }

    @Test
    void models_ask_the_database_at_their_step() {
        RunReport report = estate.published();

        assertThat(estate.sql("select black_g, green_g, n from estate.by_kind"))
                .containsExactly("7|8|3");
        assertThat(estate.sql("from estate.numbers")).containsExactly("3|7|g");
        assertThat(
                        report.results().stream()
                                .flatMap(result -> result.checks().stream())
                                .filter(check -> check.check().name().contains("same_sum")))
                .extracting(Checker.Result::outcome, Checker.Result::failures)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Checker.Outcome.WARN, 1L));
    }

    @Test
    void what_asks_is_built_again_only_when_what_it_asks_has_changed() {
        estate.published();
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        estate.file(
                "seeds/sales.csv", "id,kind,grams\n1,green,5\n2,black,7\n3,green,3\n4,white,2\n");
        estate.published();
        assertThat(estate.sql("select black_g, green_g, white_g, n from estate.by_kind"))
                .containsExactly("7|8|2|4");
    }

    @Test
    void a_macro_that_only_the_answer_calls_is_part_of_the_definition() {
        estate.published();
        estate.file(
                        "macros/label.sql",
                        "{% macro default__label(text) %}{{ return('tea_' ~ text) }}{% endmacro %}\n")
                .delete("models/tea.yml");
        estate.published();
        assertThat(estate.sql("select tea_black, tea_green from estate.by_kind"))
                .containsExactly("7|8");
    }
}
