package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.StepResult;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What templates see of the whole project by `graph`.
class DbtGraphTest {
    private Estate estate;

    @BeforeEach
    void write_a_project(@TempDir Path folder) {
        estate =
                new Estate(folder.resolve("shop"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file("packages.yml", "packages:\n  - local: tools\n")
                        .file("tools/dbt_project.yml", "name: tools\n")
                        .file("tools/models/units/weights.sql", "select 1 as grams")
                        .file("seeds/sales.csv", "id,amount\n1,10\n2,20\n")
                        .file("models/orders.sql", "select * from {{ ref('sales') }}")
                        .file(
                                "tests/nothing_owed.sql",
                                "select * from {{ ref('orders') }} where 1 = 0")
                        .file("analyses/how_many.sql", "select count(*) from {{ ref('orders') }}")
                        .file("models/all.yml", PROPERTIES);
    }

    private static final String PROPERTIES =
            """
            groups:
              - {name: sales, owner: {name: Sales}}
            models:
              - name: orders
                config: {group: sales}
                columns:
                  - name: id
                    data_tests: [unique, {accepted_values: {values: [1, 2], config: {severity: warn}}}]
            exposures:
              - name: board
                type: dashboard
                owner: {name: Sales}
                depends_on: [ref('orders')]
            """;

    private static String rows(String loop, String columns) {
        return """
        {%% set rows = [] %%}
        {%% if execute %%}
            {%% for node in %s %%}
                {%% do rows.append(%s) %%}
            {%% endfor %%}
        {%% endif %%}
        select unnest([{%% for row in rows %%}'{{ row }}',{%% endfor %%}'']) as node
        """
                .formatted(loop, columns);
    }

    private String[] told(String loop, String columns) {
        estate.file("models/told.sql", rows(loop, columns));
        estate.published();
        return estate.sql("from estate.told where node <> '' order by 1").toArray(String[]::new);
    }

    @Test
    void nodes_have_tests_seeds_analyses_and_what_packages_bring() {
        assertThat(
                        told(
                                "graph.nodes.values()",
                                "node.resource_type ~ ' ' ~ node.original_file_path"))
                .containsExactly(
                        "analysis analyses/how_many.sql",
                        "model models/orders.sql",
                        "model models/told.sql",
                        "model models/units/weights.sql",
                        "seed seeds/sales.csv",
                        "test models/all.yml",
                        "test models/all.yml",
                        "test tests/nothing_owed.sql");
    }

    @Test
    void tests_tell_what_they_test_and_how() {
        assertThat(
                        told(
                                "graph.nodes.values() | selectattr('resource_type', 'equalto', 'test')"
                                        + " if node.test_metadata",
                                "[node.test_metadata.name, node.column_name, node.attached_node,"
                                        + " node.config.severity, node.depends_on.nodes | join]"
                                        + " | join(' ')"))
                .containsExactly(
                        "accepted_values id model.estate.orders WARN model.estate.orders",
                        "unique id model.estate.orders ERROR model.estate.orders");
    }

    @Test
    void the_dataset_that_a_test_is_about_is_the_last_of_those_it_depends_on() {
        estate.file(
                        "models/accounts.yml",
                        """
                        models:
                          - name: accounts
                            columns:
                              - name: id
                                data_tests: [{relationships: {to: ref('orders'), field: id}}]
                        """)
                .file("models/accounts.sql", "select 1 as id");

        assertThat(
                        told(
                                "graph.nodes.values() if node.attached_node == 'model.estate.accounts'",
                                "node.depends_on.nodes | join(' ') ~ ' ' ~ node.depends_on.macros | join(' ')"))
                .containsExactly(
                        "model.estate.orders model.estate.accounts"
                                + " macro.dbt.test_relationships macro.dbt.get_where_subquery");
    }

    @Test
    void models_say_whether_they_are_a_time_spine() {
        estate.file("models/days.sql", "select date '2026-01-01' as day")
                .file(
                        "models/days.yml",
                        """
                        models:
                          - name: days
                            time_spine: {standard_granularity_column: day}
                            columns: [{name: day, granularity: day}]
                        """);

        assertThat(
                        told(
                                "graph.nodes.values() | selectattr('resource_type', 'equalto', 'model')"
                                        + " | rejectattr('time_spine', 'none')",
                                "[node.name, node.time_spine.standard_granularity_column,"
                                        + " node.columns.day.granularity] | join(' ')"))
                .containsExactly("days day day");
    }

    @Test
    void sources_are_there_that_nobody_loads() {
        estate.file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: crm
                            schema: raw
                            freshness: {warn_after: {count: 12, period: hour}}
                            tables:
                              - name: people
                                freshness: {warn_after: null}
                              - {name: visits, identifier: people}
                        """)
                .file("models/reader.sql", "-- {{ source('crm', 'people') }}\nselect 1 as id");

        assertThat(
                        told(
                                "graph.sources.values()",
                                "[node.unique_id, node.identifier, node.freshness.warn_after.count,"
                                        + " node.freshness.error_after | tojson | replace('\"', '')] | join(' ')"))
                .containsExactly(
                        "source.estate.crm.people people  {count: null, period: null}",
                        "source.estate.crm.visits people 12 {count: null, period: null}");
        assertThat(told("[graph.nodes['model.estate.reader']]", "node.depends_on.nodes | join"))
                .containsExactly("source.estate.crm.people");
    }

    @Test
    void exposures_groups_and_the_parts_of_the_semantic_layer_are_there() {
        assertThat(told("graph", "node ~ ' ' ~ (graph[node] | join(' ') if node != 'nodes')"))
                .containsExactly(
                        "exposures exposure.estate.board",
                        "groups group.estate.sales",
                        "metrics ",
                        "nodes ",
                        "saved_queries ",
                        "semantic_models ",
                        "sources ");
    }

    @Test
    void what_looks_at_it_by_a_macro_is_built_again_when_it_is_another() {
        estate.file(
                        "macros/names.sql",
                        """
                        {% macro names() %}{% if execute %}{{ graph.nodes.values() | map(attribute='name') | join(' ') }}{% endif %}{% endmacro %}
                        """)
                .file("models/told.sql", "select unnest(split('{{ names() }}', ' ')) as node");
        estate.published();
        assertThat(estate.run().results())
                .extracting(StepResult::state)
                .doesNotContain(StepResult.State.DONE);
        estate.file("tests/nobody.sql", "select * from {{ ref('orders') }} where 2 = 1");
        estate.published();
        assertThat(estate.sql("from estate.told where node = 'nobody'")).hasSize(1);
    }
}
