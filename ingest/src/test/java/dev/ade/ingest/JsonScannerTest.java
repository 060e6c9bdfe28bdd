package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonScannerTest {
    @Test
    void counts_the_elements_of_an_array_or_the_values() throws IOException {
        assertThat(lines("[{\"a\":[1,{\"b\":\"]\\\"\"}]},\n {}\n,{\n}]"))
                .containsExactly(1L, 2L, 3L);
        assertThat(lines("{\"a\":1}\n{\"a\":2}")).containsExactly(1L, 2L);
        assertThat(lines("\uFEFF[\n1, null, \"x y\"]")).containsExactly(2L, 2L, 2L);
        assertThat(lines("[]")).isEmpty();
        assertThat(lines("")).isEmpty();
    }

    @Test
    void counts_lines_that_are_not_blank() throws IOException {
        assertThat(JsonScanner.countLines(in("{}\n\n  \r\n{\"a\":1}"))).isEqualTo(2);
        assertThat(JsonScanner.countLines(in(""))).isZero();
    }

    private static List<Long> lines(String text) throws IOException {
        List<Long> lines = new ArrayList<>();
        JsonScanner.walk(in(text), (_, line) -> lines.add(line));
        return lines;
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
