package dev.ade.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonStringTest {
    @Test
    void escapes_what_must_be_and_nothing_else() {
        assertThat(JsonString.of("a \"b\" \\ /")).isEqualTo("\"a \\\"b\\\" \\\\ /\"");
        assertThat(JsonString.of("\b\f\n\r\t")).isEqualTo("\"\\b\\f\\n\\r\\t\"");
        assertThat(JsonString.of("\u0000\u001f\u007f")).isEqualTo("\"\\u0000\\u001f\u007f\"");
        assertThat(JsonString.of("é 𝄞")).isEqualTo("\"é 𝄞\"");
    }

    @Test
    void appends_behind_what_is_there() {
        StringBuilder json = new StringBuilder("{");
        JsonString.append(json, "");

        assertThat(json).hasToString("{\"\"");
    }
}
