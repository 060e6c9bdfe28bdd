package dev.ade.project.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTextTest {
    private static final String FILE =
            """
            {% macro one(a) %}1{% endmacro %}
            {%- macro two() -%}{{ one(2) }}{%- endmacro -%}
            {% snapshot kept %}
            select 1
            {% endsnapshot %}
            """;

    @Test
    void a_block_is_found_by_its_name() {
        assertThat(TemplateText.block(FILE, "macro", "one"))
                .isEqualTo("{% macro one(a) %}1{% endmacro %}");
        assertThat(TemplateText.block(FILE, "macro", "two"))
                .isEqualTo("{%- macro two() -%}{{ one(2) }}{%- endmacro -%}");
        assertThat(TemplateText.inside(FILE, "snapshot", "kept")).isEqualTo("select 1");
        assertThat(TemplateText.inside(" select 2 ", "snapshot", "kept")).isEqualTo("select 2");
    }

    @Test
    void calls_are_those_within_jinja() {
        String template =
                "select sum(x), {{ cents('a') }}, {{ tools.star(ref('b')) }} from cents(1)";
        assertThat(
                        TemplateText.calls(
                                template,
                                (owner, name) ->
                                        List.of("cents", "star").contains(name)
                                                ? Optional.of(owner.orElse("own") + "." + name)
                                                : Optional.empty()))
                .containsExactly("own.cents", "tools.star");
    }

    @Test
    void blanks_around_a_seed_do_not_count_in_its_checksum() {
        assertThat(TemplateText.seed("\nid\n1\r\n", "s.csv"))
                .isEqualTo(TemplateText.checksum("id\n1", "s.csv"));
        assertThat(TemplateText.seed("x".repeat(1_048_576) + "\n", "s.csv"))
                .isEqualTo(Map.of("name", "path", "checksum", "s.csv"));
    }

    @Test
    void a_checksum_is_of_the_text_or_of_the_path_of_a_large_file() {
        assertThat(TemplateText.checksum("select 1", "a.sql"))
                .isEqualTo(
                        Map.of(
                                "name",
                                "sha256",
                                "checksum",
                                "822ae07d4783158bc1912bb623e5107cc9002d519e1143a9c200ed6ee18b6d0f"));
        assertThat(TemplateText.checksum("x".repeat(1_048_577), "a.csv"))
                .isEqualTo(Map.of("name", "path", "checksum", "a.csv"));
    }
}
