package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.duck.DuckEngine;
import dev.ade.model.AdeException;
import dev.ade.model.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a reading takes over from earlier ones, and what it does not. Each model says `/* name */`, by which it is seen
/// whether it was rendered.
final class RecallTest {
    private static final Pattern MARK = Pattern.compile("/\\* (\\w+) \\*/");

    private Folder folder;

    @BeforeEach
    void write(@TempDir Path root) {
        folder = new Folder(root.resolve("shop"));
        folder.file(
                        "dbt_project.yml",
                        "name: shop\nconfig-version: 2\nvars: {since: 2020, unused: 1}\n")
                .file("macros/keys.sql", "{% macro key(c) %}{{ hashed(c) }}{% endmacro %}")
                .file("macros/hashed.sql", "{% macro hashed(c) %}md5({{ c }}){% endmacro %}")
                .file("macros/other.sql", "{% macro other() %}1{% endmacro %}")
                .file("dbt_packages/kit/dbt_project.yml", "name: kit\nconfig-version: 2\n")
                .file(
                        "dbt_packages/kit/macros/plus.sql",
                        """
                        {% macro plus(c) %}{{ adapter.dispatch('plus', 'kit')(c) }}{% endmacro %}
                        {% macro default__plus(c) %}{{ c }} + 1{% endmacro %}
                        """)
                .file("models/base.sql", "select /* base */ 1 as id")
                .file(
                        "models/keyed.sql",
                        "select /* keyed */ {{ key('id') }} as k from {{ ref('base') }}")
                .file(
                        "models/dated.sql",
                        "select /* dated */ {{ var('since') }} as y from {{ ref('base') }}")
                .file(
                        "models/kitted.sql",
                        "select /* kitted */ {{ kit.plus('id') }} as i from {{ ref('base') }}")
                .file(
                        "models/inner_part.sql",
                        "{{ config(materialized='ephemeral') }} select /* inner */ 2 as id")
                .file("models/outer_part.sql", "select /* outer */ * from {{ ref('inner_part') }}")
                .file("models/told.sql", "select /* told */ '{{ model.description }}' as d")
                .file("models/told.yml", "models: [{name: told, description: one}]\n");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    /// A reading, and the marks of the models that were rendered for it.
    private record Reading(Project project, Set<String> rendered) {}

    private Reading read() {
        return read(Map.of());
    }

    private Reading read(Map<String, Object> vars) {
        Set<String> rendered = ConcurrentHashMap.newKeySet();
        Project project = reader(rendered).read(folder.root, "prod", vars).project();
        return new Reading(project, new TreeSet<>(rendered));
    }

    private ProjectReader reader(Set<String> rendered) {
        return folder.reader(2, sql -> rendered.addAll(marks(sql))).remembering(DuckEngine.class);
    }

    private static List<String> marks(String sql) {
        List<String> marks = new ArrayList<>();
        Matcher matcher = MARK.matcher(sql);
        while (matcher.find()) {
            marks.add(matcher.group(1));
        }
        return marks;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.root.resolve(".ade/cache"))) {
            return files.toList();
        }
    }

    @Test
    void what_did_not_change_is_not_rendered_again() {
        Reading first = read();
        Reading second = read();

        assertThat(first.rendered())
                .containsExactly("base", "dated", "inner", "keyed", "kitted", "outer", "told");
        assertThat(second.rendered()).isEmpty();
        assertThat(second.project()).isEqualTo(first.project());
    }

    @Test
    void a_changed_model_is_rendered_again_and_no_other() {
        read();
        folder.file("models/keyed.sql", "select /* keyed */ 2 as k from {{ ref('base') }}");

        assertThat(read().rendered()).containsExactly("keyed");
        assertThat(read().rendered()).isEmpty();
    }

    @Test
    void a_file_that_was_only_touched_is_not_rendered_again() throws IOException {
        Project first = read().project();
        Files.setLastModifiedTime(
                folder.root.resolve("models/base.sql"), FileTime.from(Instant.EPOCH));
        folder.file("models/told.yml", "models: [{name: told, description: one}]\n");

        Reading second = read();

        assertThat(second.rendered()).isEmpty();
        assertThat(second.project()).isEqualTo(first);
    }

    @Test
    void a_change_counts_though_size_and_time_of_the_file_stay() throws IOException {
        Project first = read().project();
        change("models/base.sql", "select /* base */ 2 as id");
        change("models/told.yml", "models: [{name: told, description: two}]\n");

        Reading second = read();

        assertThat(second.rendered()).containsExactly("base", "told");
        assertThat(second.project().models()).isNotEqualTo(first.models());
        assertThat(second.project()).isEqualTo(folder.read().project());
    }

    private void change(String name, String text) throws IOException {
        Path file = folder.root.resolve(name);
        FileTime time = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        folder.file(name, text);
        Files.setLastModifiedTime(file, time);
        assertThat(Files.size(file)).isEqualTo(size);
    }

    @Test
    void broken_properties_are_told_however_often_they_were_right() {
        read();
        folder.file("models/told.yml", "models: [{name: told, description: one}\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("Cannot read YAML");
        assertThatThrownBy(this::read).isInstanceOf(AdeException.class);

        folder.file("models/told.yml", "models: [{name: told, description: one}]\n");
        assertThat(read().rendered()).isEmpty();
    }

    @Test
    void warnings_of_properties_are_told_each_time() {
        folder.file("models/told.yml", "models: [{name: told, descriptoin: one}]\n");
        assertThat(read().project().warnings()).anyMatch(it -> it.contains("descriptoin"));
        assertThat(read().project().warnings()).anyMatch(it -> it.contains("descriptoin"));
    }

    @Test
    void a_changed_macro_renders_what_calls_it_through_others() {
        Project before = read().project();
        folder.file("macros/hashed.sql", "{% macro hashed(c) %}sha256({{ c }}){% endmacro %}");

        Reading after = read();

        assertThat(after.rendered()).containsExactly("keyed");
        assertThat(after.project().models()).isNotEqualTo(before.models());
    }

    @Test
    void a_new_macro_that_takes_the_place_of_something_renders_what_uses_it() {
        read();
        folder.file("macros/refs.sql", "{% macro source(a, b) %}x{% endmacro %}");
        assertThat(read().rendered()).isEmpty();

        folder.file(
                "macros/refs.sql",
                "{% macro ref(name) %}{{ return(builtins.ref(name)) }}{% endmacro %}");
        assertThat(read().rendered()).containsExactly("dated", "inner", "keyed", "kitted", "outer");
    }

    @Test
    void a_macro_that_dispatch_comes_to_prefer_renders_what_dispatches() {
        read();
        folder.file(
                "dbt_packages/kit/macros/duck.sql",
                "{% macro duckdb__plus(c) %}{{ c }} + 2{% endmacro %}");

        assertThat(read().rendered()).containsExactly("kitted");
    }

    @Test
    void a_var_renders_what_reads_it_wherever_it_is_set() {
        read();
        assertThat(read(Map.of("since", 2021L)).rendered())
                .as("another set of vars of the command line has a file of its own")
                .hasSize(7);
        assertThat(read(Map.of("since", 2021L)).rendered()).isEmpty();

        folder.file(
                "dbt_project.yml",
                "name: shop\nconfig-version: 2\nvars: {since: 2020, unused: 2}\n");
        assertThat(read().rendered()).isEmpty();
        folder.file(
                "dbt_project.yml",
                "name: shop\nconfig-version: 2\nvars: {since: 2022, unused: 2}\n");
        assertThat(read().rendered()).containsExactly("dated");
    }

    @Test
    void properties_render_what_looks_at_them_and_count_for_all() {
        Project before = read().project();
        folder.file(
                "models/told.yml",
                "models: [{name: told, description: two}, {name: base, description: new}]\n");

        Reading after = read();

        assertThat(after.rendered()).containsExactly("told");
        assertThat(before.models().values()).noneMatch(it -> it.description().equals("new"));
        assertThat(after.project().models().values())
                .anyMatch(it -> it.description().equals("new"));
    }

    @Test
    void config_from_elsewhere_renders_the_model() {
        read();
        folder.file("models/base.yml", "models: [{name: base, config: {materialized: table}}]\n");

        Reading after = read();

        assertThat(after.rendered()).containsExactly("base");
        assertThat(Folder.model(folder.read(), "shop.base").kind().word()).isEqualTo("table");
        assertThat(after.project()).isEqualTo(folder.read().project());
    }

    @Test
    void an_ephemeral_model_renders_its_readers() {
        read();
        folder.file(
                "models/inner_part.sql",
                "{{ config(materialized='ephemeral') }} select /* inner */ 3 as id");
        assertThat(read().rendered()).containsExactly("inner", "outer");

        folder.file("models/inner_part.sql", "select /* inner */ 3 as id");
        assertThat(read().rendered()).containsExactly("inner", "outer");
        assertThat(read().project()).isEqualTo(folder.read().project());
    }

    @Test
    void what_a_model_reads_must_still_be_there() throws IOException {
        read();
        Files.delete(folder.root.resolve("models/base.sql"));

        assertThatThrownBy(this::read)
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("Cannot find ref('base'): there is no such model or seed");
    }

    @Test
    void selectors_know_what_refers_to_what_without_rendering() {
        read();
        Set<String> rendered = ConcurrentHashMap.newKeySet();

        assertThat(
                        reader(rendered)
                                .read(folder.root, "prod", Map.of())
                                .select(List.of("inner_part+"), List.of()))
                .extracting(String::valueOf)
                .containsExactly("shop.outer_part");
        assertThat(rendered).isEmpty();
    }

    @Test
    void what_reads_environment_variables_or_tells_the_user_is_always_rendered()
            throws IOException {
        folder.environment.put("WHO", "somebody-in-particular");
        folder.file("models/personal.sql", "select /* personal */ '{{ env_var('WHO') }}' as who")
                .file(
                        "models/warned.sql",
                        "{% do exceptions.warn('mind') %} select /* warned */ 1 as x")
                .file("models/timed.sql", "select /* timed */ '{{ run_started_at }}' as x");
        Reading first = read();

        Reading second = read();

        assertThat(second.rendered()).containsExactly("personal", "timed", "warned");
        assertThat(second.project()).isEqualTo(first.project());
        assertThat(second.project().warnings()).contains("mind");
        assertThat(saved()).doesNotContain("somebody-in-particular");
    }

    @Test
    void values_of_the_command_line_and_the_environment_are_not_written() throws IOException {
        folder.environment.put("OWNER", "owner-from-outside");
        folder.file(
                        "dbt_project.yml",
                        """
                        name: shop
                        config-version: 2
                        vars: {since: 2020, owner: "{{ env_var('OWNER') }}"}
                        """)
                .file(
                        "models/tagged.sql",
                        "{{ config(meta={'a': var('word'), 'b': var('owner')}) }} select /* tagged */ 1 as x");
        Map<String, Object> vars = Map.of("word", "word-from-outside");
        Reading first = read(vars);

        Reading second = read(vars);

        assertThat(second.rendered()).isEmpty();
        assertThat(second.project()).isEqualTo(first.project());
        assertThat(saved())
                .contains("base")
                .doesNotContain("word-from-outside")
                .doesNotContain("owner-from-outside");
    }

    private String saved() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    @Test
    void a_model_that_asks_the_database_is_known_by_the_macros_it_may_reach() {
        folder.file(
                        "macros/asks.sql",
                        "{% macro asks() %}{% do run_query('select 1') %}2{% endmacro %}")
                .file(
                        "models/asking.sql",
                        "select /* asking */ {{ asks() }} as x from {{ ref('base') }}");
        Project first = read().project();
        assertThat(read().rendered()).isEmpty();
        assertThat(read().project()).isEqualTo(first);

        folder.file(
                "macros/asks.sql",
                "{% macro asks() %}{% do run_query('select 3') %}2{% endmacro %}");

        Reading after = read();
        assertThat(after.rendered()).containsExactly("asking");
        assertThat(after.project().models()).isNotEqualTo(first.models());
        assertThat(after.project()).isEqualTo(folder.read().project());
    }

    @Test
    void a_check_that_is_a_file_is_rendered_again_when_it_or_its_macros_changed() {
        folder.file(
                "tests/no_twos.sql",
                """
                {{ config(severity='warn') }}
                select /* no_twos */ * from {{ ref('keyed') }} join {{ ref('base') }} on {{ key('id') }} = k
                """);
        Project first = read().project();
        Reading second = read();
        assertThat(second.rendered()).isEmpty();
        assertThat(second.project()).isEqualTo(first).isEqualTo(folder.read().project());
        assertThat(first.checks()).hasSize(1).allMatch(it -> it.name().equals("no_twos"));

        folder.file("macros/hashed.sql", "{% macro hashed(c) %}sha256({{ c }}){% endmacro %}");
        Reading third = read();
        assertThat(third.rendered()).containsExactly("keyed", "no_twos");
        assertThat(third.project().checks()).isNotEqualTo(first.checks());
    }

    @Test
    void another_target_is_read_on_its_own() {
        folder.file("models/aimed.sql", "select /* aimed */ '{{ target.name }}' as x");
        read();
        Set<String> rendered = ConcurrentHashMap.newKeySet();
        Project dev = reader(rendered).read(folder.root, "dev", Map.of()).project();

        assertThat(rendered).hasSize(8);
        assertThat(read().rendered()).isEmpty();
        assertThat(dev.models()).isNotEqualTo(read().project().models());
    }

    @Test
    void a_damaged_file_is_written_anew() throws IOException {
        Project first = read().project();
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {0, 15, 40, whole.length / 2, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            Reading reading = read();
            assertThat(reading.rendered()).hasSize(7);
            assertThat(reading.project()).isEqualTo(first);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void a_project_whose_folder_cannot_be_written_is_read_all_the_same() throws IOException {
        Files.createDirectories(folder.root.resolve(".ade"));
        Files.writeString(folder.root.resolve(".ade/cache"), "in the way");

        assertThat(read().rendered()).hasSize(7);
        assertThat(read().rendered()).hasSize(7);
    }

    @Test
    void many_may_read_at_once() throws Exception {
        Project alone = folder.read().project();
        List<Project> read = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            folder.file("models/base.sql", "select /* base */ %d as id".formatted(round));
            List<Thread> threads = new ArrayList<>();
            List<Project> now = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> now.add(read().project())));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(now).hasSize(4).containsOnly(folder.read().project());
            read.addAll(now);
        }
        assertThat(read).doesNotContain(alone.withModels(Map.of()));
        assertThat(files()).hasSize(1);
        assertThat(read().rendered()).isEmpty();
    }
}
