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
import java.util.Map;
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

    private String selected(String... select) {
        Path before = folder.root.resolve("before");
        Compiler.Past past =
                new Compiler.Past() {
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
        return folder.read().select(List.of(select), List.of(), past).stream()
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
