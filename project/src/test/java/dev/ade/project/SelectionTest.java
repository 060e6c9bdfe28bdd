package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Indirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    private Folder folder;
    private CompiledProject project;

    @BeforeEach
    void open(@TempDir Path root) {
        folder =
                new Folder(root)
                        .file(
                                "dbt_project.yml",
                                "name: shop\nmodels: {shop: {mart: {+materialized: table, +meta: {owner: ann}}}}\n")
                        .file("seeds/raw.csv", "id\n1\n")
                        .file(
                                "models/staging/stg_a.sql",
                                "{{ config(tags=['daily', 'raw']) }} select * from {{ ref('raw') }}")
                        .file("models/staging/stg_b.sql", "select * from {{ ref('raw') }}")
                        .file(
                                "models/mid.sql",
                                "{{ config(materialized='ephemeral') }} select id from {{ ref('stg_a') }}")
                        .file(
                                "models/mart/top.sql",
                                "select * from {{ ref('mid') }} join {{ ref('stg_b') }} using (id)")
                        .file(
                                "snapshots/past.sql",
                                "{% snapshot past %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select * from {{ ref('stg_b') }}{% endsnapshot %}")
                        .file("tests/no_top.sql", "select * from {{ ref('top') }} where id < 0")
                        .file(
                                "models/all.yml",
                                """
                                models:
                                  - name: stg_a
                                    columns:
                                      - name: id
                                        data_tests: [not_null, {relationships: {to: ref('stg_b'), field: id}}]
                                  - name: top
                                    group: sales
                                    access: private
                                    columns: [{name: id, data_tests: [unique]}]
                                groups: [{name: sales, owner: {name: Ann}}]
                                exposures:
                                  - {name: board, type: dashboard, depends_on: ["ref('top')"], owner: {name: Ann}}
                                unit_tests:
                                  - name: sums
                                    model: top
                                    given: []
                                    expect: {rows: []}
                                """)
                        .file(
                                "selectors.yml",
                                """
                                selectors:
                                  - name: nightly
                                    definition:
                                      union:
                                        - method: tag
                                          value: daily
                                          children: true
                                        - 'path:snapshots'
                                        - exclude: [{method: fqn, value: top}]
                                  - name: both
                                    definition: {intersection: [{tag: daily}, {method: selector, value: nightly}]}
                                """);
        project = folder.read();
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private List<String> select(String... select) {
        return select(project, select);
    }

    private static List<String> select(CompiledProject project, String... select) {
        return project.select(List.of(select), List.of()).stream().map(TableName::name).toList();
    }

    private List<String> tests(Indirect indirect, String... select) {
        return project
                .selectChecks(
                        new Compiler.Tests(List.of(select), List.of(), indirect),
                        Compiler.Past.NONE)
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void sources_have_the_names_that_templates_call_them_by(@TempDir Path root) {
        try (Folder estate = new Folder(root.resolve("estate"))) {
            estate.file("dbt_project.yml", "name: estate\n")
                    .file("seeds/orders.csv", "id\n1\n")
                    .file("in.csv", "id\n1\n")
                    .file(
                            "models/s.yml",
                            """
                            sources:
                              - {name: shop, schema: main_raw, tables: [{name: orders}]}
                              - name: web
                                schema: raw
                                tables: [{name: clicks, identifier: c, load: {files: in.csv}}]
                            """)
                    .file("models/a.sql", "select * from {{ source('shop', 'orders') }}")
                    .file("models/b.sql", "select * from {{ source('web', 'clicks') }}");
            assertThat(selected(estate, "source:shop+")).isEqualTo("a orders");
            assertThat(selected(estate, "source:shop.orders")).isEqualTo("orders");
            assertThat(selected(estate, "source:estate.web.clicks+")).isEqualTo("b c");
            assertThat(selected(estate, "source:raw.c")).isEqualTo("c");
        }
    }

    private static String selected(Folder folder, String selector) {
        return folder.read().select(List.of(selector), List.of()).stream()
                .map(TableName::name)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void finds_nodes_by_every_method() {
        assertThat(select("tag:d*")).containsExactly("stg_a");
        assertThat(select("config.materialized:table")).containsExactly("top");
        assertThat(select("config.meta.owner:ann")).containsExactly("top");
        assertThat(select("path:models/staging")).containsExactly("stg_a", "stg_b");
        assertThat(select("models/staging/*a.sql")).containsExactly("stg_a");
        assertThat(select("stg_b.sql")).containsExactly("stg_b");
        assertThat(select("file:stg_b")).containsExactly("stg_b");
        assertThat(select("shop.staging")).containsExactly("stg_a", "stg_b");
        assertThat(select("staging.*")).containsExactly("stg_a", "stg_b");
        assertThat(select("stg_?")).containsExactly("stg_a", "stg_b");
        assertThat(select("resource_type:snapshot")).containsExactly("past");
        assertThat(select("resource_type:seed")).containsExactly("raw");
        assertThat(select("group:sales")).containsExactly("top");
        assertThat(select("access:private")).containsExactly("top");
        assertThat(select("package:this")).hasSize(5);
        assertThat(select("+exposure:board")).containsExactly("raw", "stg_a", "stg_b", "top");
        assertThat(select("selector:nightly")).containsExactly("past", "stg_a");
        assertThat(select("selector:both")).containsExactly("stg_a");
        assertThatThrownBy(() -> select("colour:red")).hasMessage("Cannot select by 'colour'");
    }

    @Test
    void walks_the_graph_through_ephemeral_models() {
        assertThat(select("mid+")).containsExactly("top");
        assertThat(select("stg_a+1")).containsExactly("stg_a");
        assertThat(select("stg_a+2")).containsExactly("stg_a", "top");
        assertThat(select("1+top")).containsExactly("stg_b", "top");
        assertThat(select("@stg_a")).containsExactly("raw", "stg_a", "stg_b", "top");
        assertThat(select("+top,stg_b+")).containsExactly("stg_b", "top");
    }

    @Test
    void compares_with_what_is_published() {
        Compiler.Past past =
                new Compiler.Past() {
                    @Override
                    public Optional<Fingerprint> definition(TableName dataset) {
                        return switch (dataset.name()) {
                            case "top" ->
                                    Optional.of(Folder.model(project, "shop.top").definition());
                            case "stg_a" -> Optional.of(Fingerprint.of("another"));
                            default -> Optional.empty();
                        };
                    }

                    @Override
                    public Optional<String> result(String name) {
                        return name.equals("shop.stg_b") ? Optional.of("error") : Optional.empty();
                    }
                };
        assertThat(project.select(List.of("state:modified"), List.of(), past).toString())
                .isEqualTo("[shop.past, shop.stg_a, shop.stg_b]");
        assertThat(project.select(List.of("state:new"), List.of(), past).toString())
                .isEqualTo("[shop.past, shop.stg_b]");
        assertThat(project.select(List.of("result:error+"), List.of(), past).toString())
                .isEqualTo("[shop.past, shop.stg_b, shop.top]");
        assertThat(select("result:error")).isEmpty();
    }

    @Test
    void selects_tests_by_themselves_and_through_what_they_read() {
        assertThat(tests(Indirect.EAGER, "test_type:unit")).containsExactly("sums");
        assertThat(tests(Indirect.EAGER, "test_type:singular")).containsExactly("no_top");
        assertThat(tests(Indirect.EAGER, "test_name:unique")).containsExactly("unique_top_id");
        assertThat(tests(Indirect.EAGER, "top")).containsExactly("no_top", "sums", "unique_top_id");
        assertThat(tests(Indirect.EAGER, "top,test_type:data")).isEmpty();
        assertThat(tests(Indirect.EAGER, "stg_b"))
                .containsExactly("relationships_stg_a_id__id__ref_stg_b_");
        assertThat(tests(Indirect.CAUTIOUS, "stg_b")).isEmpty();
        assertThat(tests(Indirect.CAUTIOUS, "stg_a", "stg_b")).hasSize(2);
        assertThat(tests(Indirect.BUILDABLE, "stg_a")).containsExactly("not_null_stg_a_id");
        assertThat(tests(Indirect.EMPTY, "stg_a")).isEmpty();
    }
}
