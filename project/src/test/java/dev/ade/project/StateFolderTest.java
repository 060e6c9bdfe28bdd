package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Selectors that compare with a folder of dbt's files.
class StateFolderTest {
    private Folder folder;

    @BeforeEach
    void write_a_project_and_what_it_was_like(@TempDir Path root) {
        folder =
                new Folder(root.resolve("estate"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file("macros/m.sql", "{% macro one() %}1{% endmacro %}")
                        .file("seeds/s.csv", "id\n1\n")
                        .file("models/a.sql", "select 1 as id")
                        .file("models/b.sql", "select {{ one() }} as id from {{ ref('a') }}")
                        .file("models/c.sql", "select id from {{ ref('b') }}")
                        .file("models/d.sql", "{{ config(materialized='table') }} select 4 as id");
        folder.file(
                "before/manifest.json",
                json(folder.read().manifest().orElseThrow().tree(Instant.EPOCH)));
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    quoted(String.valueOf(entry.getKey()))
                                            + ":"
                                            + json(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
            case Collection<?> many ->
                    many.stream()
                            .map(StateFolderTest::json)
                            .collect(Collectors.joining(",", "[", "]"));
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private Compiler.Past past() {
        Path before = folder.root.resolve("before");
        return new Compiler.Past() {
            @Override
            public Optional<Fingerprint> definition(TableName dataset) {
                return Optional.empty();
            }

            @Override
            public Optional<String> result(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<Path> artifacts() {
                return Optional.of(before);
            }
        };
    }

    private String selected(String... select) {
        return folder.read().select(List.of(select), List.of(), past()).stream()
                .map(TableName::name)
                .collect(Collectors.joining(" "));
    }

    @Test
    void nothing_is_modified_until_something_is() {
        assertThat(selected("state:modified")).isEmpty();
        assertThat(selected("state:new")).isEmpty();
        assertThat(selected("state:old")).isEqualTo("a b c d s");
        assertThat(selected("state:unmodified")).isEqualTo("a b c d s");
    }

    @Test
    void what_an_older_manifest_leaves_out_is_as_it_is_by_default() throws IOException {
        Path before = folder.root.resolve("before/manifest.json");
        String text = Files.readString(before);
        String older =
                text.replaceAll(",\"(lookback|on_configuration_change|alias_types)\":[^,}]+", "")
                        .replaceAll(",\"(delimiter|fail_calc)\":\"[^\"]+\"", "");
        assertThat(older).isNotEqualTo(text);
        Files.writeString(before, older);
        assertThat(selected("state:modified")).isEmpty();

        folder.file("models/a.sql", "{{ config(lookback=2) }} select 1 as id");
        assertThat(selected("state:modified.configs")).isEqualTo("a");
    }

    @SuppressWarnings("unchecked") // it is ADE's own manifest
    private static Map<String, @Nullable Object> part(
            Map<String, @Nullable Object> of, String key) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(of.get(key));
    }

    /// What dbt 1.7 to 1.10 write otherwise than ADE of the same project, on another system and for another target.
    private static void asDbtWritesIt(Map<String, @Nullable Object> node) {
        node.put("database", "dev");
        node.put("schema", "main");
        if (node.get("raw_code") instanceof String text) {
            node.put("raw_code", text.replace("\n", "\r\n"));
        }
        Map<String, @Nullable Object> config = part(node, "config");
        if (String.valueOf(node.get("resource_type")).equals("test")) {
            node.put("raw_code", node.get("raw_code") + "{{ config(severity=\"warn\") }}");
            config.put("severity", String.valueOf(config.get("severity")).toLowerCase(Locale.ROOT));
            config.put("alias", "short");
        }
        if (String.valueOf(node.get("name")).equals("t")) {
            config.put("materialized", "view");
            node.put("unrendered_config", Map.of("materialized", "{{ target.name }}"));
        }
    }

    private String dbtManifest() {
        Map<String, @Nullable Object> tree =
                folder.read().manifest().orElseThrow().tree(Instant.EPOCH);
        Map<String, @Nullable Object> nodes = part(tree, "nodes");
        nodes.keySet().forEach(id -> asDbtWritesIt(part(nodes, id)));
        Map<String, @Nullable Object> macros = part(tree, "macros");
        for (String id : macros.keySet()) {
            String text = String.valueOf(part(macros, id).get("macro_sql"));
            part(macros, id).put("macro_sql", text.replace("\n", "\r\n"));
        }
        Map<String, @Nullable Object> sources = part(tree, "sources");
        for (String id : sources.keySet()) {
            part(sources, id).put("config", Map.of("enabled", true, "meta", Map.of("team", "us")));
        }
        return json(tree);
    }

    @Test
    void what_dbt_writes_otherwise_is_no_change() {
        folder.file("macros/m.sql", "{% macro one() %}\n1\n{% endmacro %}")
                .file("models/b.sql", "select {{ one() }} as id\nfrom {{ ref('a') }}")
                .file("models/t.sql", "{{ config(materialized='table') }} select 1 as id")
                .file(
                        "models/p.yml",
                        """
                        models:
                          - name: b
                            meta: {owner: us}
                            config: {meta: {tier: 1}}
                            columns: [{name: id, data_tests: [{unique: {config: {severity: WARN}}}]}]
                        sources:
                          - {name: raw, meta: {team: us}, tables: [{name: things, load: {files: x.csv}}]}
                        """);
        folder.file("before/manifest.json", dbtManifest());
        assertThat(selected("state:modified")).isEmpty();
        assertThat(tests("state:modified")).isEmpty();

        folder.file("models/b.sql", "select {{ one() }} as id\nfrom {{ ref('c') }}")
                .file("models/c.sql", "select 3 as id");
        assertThat(selected("state:modified")).isEqualTo("b c");
        assertThat(selected("state:modified.configs")).isEmpty();
    }

    private Collection<String> tests(String select) {
        Compiler.Tests asked =
                new Compiler.Tests(List.of(select), List.of(), Compiler.Indirect.EMPTY);
        return folder.read().selectChecks(asked, past());
    }

    @Test
    void meta_beside_and_inside_of_config_is_one() {
        folder.file("models/p.yml", "models: [{name: a, meta: {x: 1}, config: {meta: {y: 2}}}]\n");
        assertThat(selected("config.meta.x:1")).isEqualTo("a");
        assertThat(selected("config.meta.y:2")).isEqualTo("a");
        assertThat(selected("state:modified.configs")).isEqualTo("a");
    }

    @Test
    void a_change_is_told_by_its_kind() {
        folder.file("models/a.sql", "select 2 as id")
                .file("models/d.sql", "{{ config(materialized='view') }} select 4 as id")
                .file("seeds/s.csv", "id\n2\n")
                .file("models/e.sql", "select 5 as id");
        assertThat(selected("state:modified")).isEqualTo("a d e s");
        assertThat(selected("state:modified+")).isEqualTo("a b c d e s");
        assertThat(selected("state:modified.body")).isEqualTo("a d e s");
        assertThat(selected("state:modified.configs")).isEqualTo("d e");
        assertThat(selected("state:new")).isEqualTo("e");
        assertThat(selected("state:unmodified")).isEqualTo("b c");
    }

    @Test
    void properties_change_the_config_alone() {
        folder.file(
                "models/p.yml",
                "models: [{name: a, config: {meta: {owner: us}, alias: first}}, {name: b, config: {tags: [x]}}]\n");
        assertThat(selected("state:modified.configs")).isEqualTo("first");
        assertThat(selected("state:modified.relation")).isEqualTo("first");
        assertThat(selected("state:modified.body")).isEmpty();
    }

    @Test
    void a_changed_macro_changes_who_calls_it() {
        folder.file("macros/m.sql", "{% macro one() %}1 + 0{% endmacro %}");
        assertThat(selected("state:modified")).isEqualTo("b");
        assertThat(selected("state:modified.macros")).isEqualTo("b");
        assertThat(selected("state:modified.body")).isEmpty();
    }

    @Test
    void results_and_ages_come_from_their_files() {
        folder.file(
                "before/run_results.json",
                """
                {"results": [{"unique_id": "model.estate.a", "status": "error"},
                  {"unique_id": "model.estate.b", "status": "skipped"}, {"unique_id": "model.estate.c", "status": "success"}]}
                """);
        assertThat(selected("result:error", "result:skipped")).isEqualTo("a b");
        assertThat(selected("result:success")).isEqualTo("c");
        folder.file(
                        "models/src.yml",
                        """
                        sources:
                          - name: shop
                            tables:
                              - {name: old, load: {files: old.csv}}
                              - {name: young, load: {files: young.csv}}
                        """)
                .file("old.csv", "id\n1\n")
                .file("young.csv", "id\n1\n");
        String age = "{\"unique_id\": \"source.estate.shop.%s\", \"max_loaded_at\": \"%s\"}";
        String then = "2026-01-01T00:00:00Z";
        folder.file(
                "before/sources.json",
                "{\"results\": [%s, %s]}"
                        .formatted(age.formatted("old", then), age.formatted("young", then)));
        folder.file(
                "target/sources.json",
                "{\"results\": [%s, %s]}"
                        .formatted(
                                age.formatted("old", then),
                                age.formatted("young", "2026-01-02T00:00:00Z")));
        assertThat(selected("source_status:fresher")).isEqualTo("young");
    }

    @Test
    void what_cannot_be_compared_with_is_said() {
        assertThatThrownBy(() -> selected("result:error"))
                .hasMessage(
                        "Cannot compare with %s: there is no such file"
                                .formatted(folder.root.resolve("before/run_results.json")));
        assertThatThrownBy(() -> selected("state:odd")).hasMessage("Cannot select by state:odd");
        folder.file("before/manifest.json", "{");
        assertThatThrownBy(() -> selected("state:new"))
                .hasMessageContaining("manifest.json: it is no JSON");
        assertThatThrownBy(() -> folder.read().select(List.of("source_status:fresher"), List.of()))
                .hasMessage("Cannot select by source_status:fresher without a folder");
    }
}
