package dev.ade.ingest.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.spi.Correction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CorrectedLinesTest {
    private static final Correction SECOND = new Correction(2, 2, "x\ny\r\nz");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Places copy(String text, Correction... corrections) throws IOException {
        return CorrectedLines.copy(
                new ByteArrayInputStream(text.getBytes(ISO_8859_1)),
                out,
                ISO_8859_1,
                List.of(corrections));
    }

    @Test
    void all_but_the_corrected_rows_stays_byte_by_byte() throws IOException {
        copy("\u00e9\r\nb1\r\nb2\rc\n\nd", SECOND, new Correction(6, 1, "\u00fc"));

        assertThat(out.toString(ISO_8859_1)).isEqualTo("\u00e9\r\nx\ny\r\nz\rc\n\n\u00fc");
    }

    @Test
    void rows_behind_have_the_lines_of_the_file() throws IOException {
        Places places = copy("a\nb1\nb2\nc\nd\n", SECOND, new Correction(5, 1, "e"));

        assertThat(LongStream.of(1, 2, 5, 6).map(places::of)).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void a_line_end_of_a_text_is_one_however_it_is_written() {
        assertThat(CorrectedLines.lineEnds("a\nb\r\nc\rd\n\n")).isEqualTo(5);
    }
}
