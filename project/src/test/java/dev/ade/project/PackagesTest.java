package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.CompiledProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagesTest {
    private Folder folder;
    private Path root = Path.of("");

    @BeforeEach
    void write_a_project_with_a_package(@TempDir Path above) {
        root = above.resolve("estate");
        folder =
                new Folder(root)
                        .file("dbt_project.yml", "name: estate\n")
                        .file(
                                "dbt_packages/tools/dbt_project.yml",
                                """
                                name: tools
                                vars: {unit: gram, depth: 2}
                                models: {tools: {+materialized: table, +tags: [own]}}
                                """)
                        .file(
                                "dbt_packages/tools/macros/m.sql",
                                """
                                {% macro unit() %}{{ return(adapter.dispatch('unit', 'tools')()) }}{% endmacro %}
                                {% macro default__unit() %}'{{ var('unit') }}'{% endmacro %}
                                {% macro shout(x) %}{{ tools.unit() }} || {{ x }}{% endmacro %}
                                {% test below(model, column_name, max) %}
                                select * from {{ model }} where {{ column_name }} >= {{ max }}
                                {% endtest %}
                                """)
                        .file(
                                "dbt_packages/tools/models/weights.sql",
                                "select {{ tools.unit() }} as u, {{ var('depth') }} as d")
                        .file(
                                "dbt_packages/tools/models/w.yml",
                                "models: [{name: weights, description: from tools}]\n")
                        .file("dbt_packages/tools/seeds/scale.csv", "n\n1\n");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void macros_of_a_package_are_under_its_name() {
        folder.file("models/m.sql", "select {{ tools.shout('1') }} as v");
        assertThat(folder.sql("estate.m")).isEqualTo("select 'gram' || 1 as v");
    }

    @Test
    void a_macro_of_a_package_is_not_there_without_its_name() {
        folder.file("models/m.sql", "select {{ shout('1') }} as v");
        assertThatThrownBy(folder::read).hasMessageContaining("'shout' is undefined");
    }

    @Test
    void what_a_package_lacks_is_said_with_its_name() {
        folder.file("models/m.sql", "select {{ tools.whisper('1') }} as v");
        assertThatThrownBy(folder::read)
                .hasMessageContaining("the package tools has no macro 'whisper'");
    }

    @Test
    void a_file_of_a_package_is_no_link_to_elsewhere() throws IOException {
        folder.file("secret.csv", "card\n4711\n");
        Path link = root.resolve("dbt_packages/tools/seeds/stolen.csv");
        Files.createSymbolicLink(link, root.resolve("secret.csv"));
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use package tools: seeds/stolen.csv is a link that leads out of it");
        Files.delete(link);
        Files.createSymbolicLink(root.resolve("dbt_packages/tools/models/all"), root);
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot use package tools: models/all is a link that leads out of it");
        Files.delete(root.resolve("dbt_packages/tools/models/all"));
        Files.createSymbolicLink(
                root.resolve("dbt_packages/tools/models/same.sql"),
                root.resolve("dbt_packages/tools/models/weights.sql"));
        assertThat(folder.sql("estate.same")).isEqualTo("select 'gram' as u, 2 as d");
    }

    @Test
    void a_package_that_was_fetched_names_no_folder_outside_of_it() {
        folder.file("other/dbt_project.yml", "name: other\n")
                .file("dbt_packages/tools/packages.yml", "packages: [{local: ../../other}]\n");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use package ../../other: the package that names it was fetched, and it is outside of that");
    }

    /// As dbt puts local packages there.
    @Test
    void a_package_may_be_a_link_itself() throws IOException {
        Files.move(root.resolve("dbt_packages/tools"), root.resolve("../tools"));
        Files.createSymbolicLink(
                root.resolve("dbt_packages/tools"), root.resolve("../tools").toRealPath());
        assertThat(folder.sql("estate.weights")).isEqualTo("select 'gram' as u, 2 as d");
    }

    @Test
    void a_package_that_was_fetched_brings_no_programs() {
        folder.file(
                "dbt_packages/tools/models/s.yml",
                "sources: [{name: s, tables: [{name: t, load: {singer: [sh, -c, id]}}]}]\n");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use a source of a package that is a program: it may do whatever you may")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo(
                                        "Read it. If it may run here, move the package out of dbt_packages/ and name it with local: in packages.yml"));
        folder.file("dbt_packages/tools/models/s.yml", "version: 2\n")
                .file("dbt_packages/tools/models/Evil.java", "class Evil {}\n");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use a model of a package that is a program: it may do whatever you may");
    }

    @Test
    void the_project_comes_first_where_a_package_dispatches() {
        folder.file("macros/m.sql", "{% macro duckdb__unit() %}'stone'{% endmacro %}")
                .file("models/m.sql", "select {{ tools.unit() }} as v");
        assertThat(folder.sql("estate.m")).isEqualTo("select 'stone' as v");

        folder.file(
                "dbt_project.yml",
                "name: estate\ndispatch: [{macro_namespace: tools, search_order: [tools]}]\n");
        assertThat(folder.sql("estate.m")).isEqualTo("select 'gram' as v");
    }

    @Test
    void models_seeds_and_properties_of_a_package_belong_to_the_project() {
        folder.file("models/m.sql", "select * from {{ ref('tools', 'weights') }}");
        Project project = folder.read().project();
        Model weights = model(project, "estate.weights");
        assertThat(weights.kind()).isEqualTo(new Kind.Table());
        assertThat(weights.tags()).containsExactly("own");
        assertThat(weights.description()).isEqualTo("from tools");
        assertThat(weights.file()).isEqualTo("dbt_packages/tools/models/weights.sql");
        assertThat(project.sources()).containsKey(TableName.parse("estate.scale"));
        assertThat(model(project, "estate.m").inputs())
                .isEqualTo(Set.of(TableName.parse("estate.weights")));
        assertThat(folder.sql("estate.weights")).isEqualTo("select 'gram' as u, 2 as d");
    }

    private static Model model(Project project, String name) {
        return java.util.Objects.requireNonNull(project.models().get(TableName.parse(name)));
    }

    @Test
    void the_project_has_the_last_word_on_config_and_vars_of_a_package() {
        folder.file(
                "dbt_project.yml",
                """
                name: estate
                vars: {depth: 5, tools: {unit: ounce}}
                models: {tools: {+materialized: view, +schema: far}}
                """);
        CompiledProject project = folder.read();
        assertThat(Folder.model(project, "far.weights").kind()).isEqualTo(new Kind.View());
        assertThat(folder.sql("far.weights")).isEqualTo("select 'ounce' as u, 5 as d");

        folder.file("dbt_project.yml", "name: estate\nmodels: {tools: {+enabled: false}}\n");
        assertThat(folder.read().project().models()).isEmpty();
    }

    @Test
    void generic_tests_of_a_package_take_arguments() {
        folder.file("models/m.sql", "select 3 as n")
                .file(
                        "models/m.yml",
                        """
                        models:
                          - name: m
                            columns:
                              - name: n
                                data_tests:
                                  - tools.below: {arguments: {max: 4}}
                        """);
        CompiledProject project = folder.read();
        CheckSpec check = project.project().checks().getFirst();
        assertThat(check.name()).isEqualTo("tools_below_m_n__4");
        assertThat(project.compile(check).strip())
                .isEqualTo("select * from \"estate\".\"m\" where n >= 4");
    }

    @Test
    void a_local_package_lies_anywhere_and_brings_its_own() {
        folder.file("packages.yml", "packages: [{local: ../other}]\n")
                .file("../other/dbt_project.yml", "name: other\n")
                .file("../other/packages.yml", "packages: [{local: deeper}]\n")
                .file("../other/macros/a.sql", "{% macro a() %}{{ deep.b() }}{% endmacro %}")
                .file("../other/deeper/dbt_project.yml", "name: deep\n")
                .file("../other/deeper/macros/b.sql", "{% macro b() %}42{% endmacro %}")
                .file("models/m.sql", "select {{ other.a() }} as v");
        assertThat(folder.sql("estate.m")).isEqualTo("select 42 as v");
    }

    @Test
    void a_package_that_is_not_fetched_is_said_with_the_way_to_get_it() {
        folder.file("packages.yml", "packages: [{package: acme/shapes, version: 1.0.0}]\n");
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot use package acme/shapes: it is not in dbt_packages/")
                .extracting("nextStep")
                .isEqualTo("Fetch it: ade deps");
    }

    @Test
    void a_local_package_that_is_not_there_is_said() {
        folder.file("packages.yml", "packages: [{local: ../lost}]\n");
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot find package ../lost: there is no dbt_project.yml in it");
    }

    @Test
    void a_materialization_of_ones_own_is_a_kind_whose_definition_is_its_macro_too() {
        folder.file(
                        "macros/m.sql",
                        "{% materialization pile, adapter='duckdb' %}{{ return({'relations': []}) }}{% endmaterialization %}")
                .file(
                        "models/m.sql",
                        "{{ config(materialized='pile', unique_key='a', height=3) }} select 1 as a");
        Model before = folder.model("estate.m");
        assertThat(before.kind())
                .isInstanceOfSatisfying(
                        Kind.Custom.class,
                        kind -> {
                            assertThat(kind.materialization()).isEqualTo("pile");
                            assertThat(kind.uniqueKey()).containsExactly("a");
                        });
        folder.file(
                "models/m.sql",
                "{{ config(materialized='pile', unique_key='a', height=4) }} select 1 as a");
        Model higher = folder.model("estate.m");
        assertThat(higher.definition()).isNotEqualTo(before.definition());
        folder.file(
                "macros/m.sql",
                "{% materialization pile, adapter='duckdb' %}{{ return({'relations': [this]}) }}{% endmaterialization %}");
        assertThat(folder.model("estate.m").definition()).isNotEqualTo(higher.definition());
    }

    @Test
    void what_no_materialization_makes_is_refused_with_the_kinds_there_are() {
        folder.file("models/m.sql", "{{ config(materialized='heap') }} select 1 as a");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use config materialized: it must be view, table, incremental, ephemeral, dimension, fact, day or a materialization of the project or its packages, was 'heap'");
    }

    @Test
    void a_package_makes_tables_in_its_way_only_where_the_project_says_so() {
        folder.file(
                        "dbt_packages/tools/macros/table.sql",
                        "{% materialization table, default %}{{ return({}) }}{% endmaterialization %}")
                .file("models/m.sql", "{{ config(materialized='table') }} select 1 as a");
        assertThat(folder.model("estate.m").kind()).isEqualTo(new Kind.Table());
        folder.file(
                "macros/table.sql",
                "{% materialization table, default %}{{ return(tools.materialization_table_default()) }}{% endmaterialization %}");
        assertThat(folder.model("estate.m").kind()).isInstanceOf(Kind.Custom.class);
    }

    @Test
    void a_models_definition_changes_with_the_macros_of_a_package() {
        folder.file("models/m.sql", "select {{ tools.unit() }} as v");
        var before = folder.model("estate.m").definition();
        folder.file("dbt_packages/tools/macros/n.sql", "{% macro unrelated() %}{% endmacro %}");
        assertThat(folder.model("estate.m").definition()).isEqualTo(before);
        folder.file("macros/m.sql", "{% macro default__unit() %}'pound'{% endmacro %}");
        assertThat(folder.model("estate.m").definition()).isNotEqualTo(before);
    }
}
