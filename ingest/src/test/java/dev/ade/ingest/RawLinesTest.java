package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Corrections;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawLinesTest {
    @TempDir Path folder;

    private List<RawRow> lines(byte[] text, Long... lines) throws IOException {
        Path path = Files.write(folder.resolve("1.ndjson"), text);
        Item item = new Item(Fingerprint.of("1"), "1.ndjson", path.toString(), 1, Instant.EPOCH);
        RawFile file =
                new RawLines(new ReaderOptions(Map.of()), Corrections.NONE).of(item, Set.of(lines));
        assertThat(file.columns()).containsExactly(JsonLine.COLUMN);
        return file.rows();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<RawRow> rows) {
        return rows.stream()
                .map(row -> row.line() + ":" + row.values().get(JsonLine.COLUMN))
                .toList();
    }

    @Test
    void end_in_any_of_three_ways() throws IOException {
        byte[] text = utf8("{\"a\": 1\r\n\n{\"b\": \"\u00fc\"\r{\"c\"\n{\"d\"");

        assertThat(texts(lines(text, 1L, 2L, 3L, 4L, 5L, 6L)))
                .containsExactly(
                        "1:{\"a\": 1", "2:", "3:{\"b\": \"\u00fc\"", "4:{\"c\"", "5:{\"d\"");
        assertThat(texts(lines(text, 4L))).containsExactly("4:{\"c\"");
    }

    @Test
    void that_are_too_long_are_left_out() throws IOException {
        int bytes = Math.toIntExact(RawRows.ROW_BYTES_MAX);
        byte[] text = utf8("x".repeat(bytes) + "\n" + "y".repeat(bytes + 1) + "\nz");

        assertThat(lines(text, 1L, 2L, 3L)).extracting(RawRow::line).containsExactly(1L, 3L);
    }

    @Test
    void with_what_could_not_be_read_are_not_written() throws IOException {
        RawRow row =
                lines("{\"a\": \"\u00fc\"".getBytes(StandardCharsets.ISO_8859_1), 1L).getFirst();

        assertThatThrownBy(() ->
                        row.with(Map.of(JsonLine.COLUMN, row.values().get(JsonLine.COLUMN) + "}")))
                .hasMessage("Cannot write 1.ndjson:1: a character of it could not be read");
        assertThat(row.with(Map.of(JsonLine.COLUMN, "{}"))).isPresent();
    }
}
