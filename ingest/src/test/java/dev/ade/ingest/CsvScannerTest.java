package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvScannerTest {
    private static final Dialect NO_HEADER =
            new Dialect(",", "\"", "\"", Dialect.Header.ABSENT, 0, "", "");

    @Test
    void counts_records_not_lines() throws IOException {
        assertThat(count("a,b\n1,2\n3,4\n", Dialect.PLAIN)).isEqualTo(2);
        assertThat(count("a,b\n1,2\n3,4", Dialect.PLAIN)).isEqualTo(2);
        assertThat(count("a,b\r\n1,\"x\r\ny\"\r\n3,4\r\n", Dialect.PLAIN)).isEqualTo(2);
        assertThat(count("a,b\r1,2\r3,4\r", Dialect.PLAIN)).isEqualTo(2);
        assertThat(count("a,b\n\n1,2\n\n\n", Dialect.PLAIN)).isEqualTo(1);
        assertThat(count("a,b", Dialect.PLAIN)).isZero();
        assertThat(count("", Dialect.PLAIN)).isZero();
        assertThat(count("\uFEFF\"a\",b\n\"1\n\",2\n", Dialect.PLAIN)).isEqualTo(1);
    }

    @Test
    void quotes_inside_unquoted_fields_mean_nothing() throws IOException {
        assertThat(count("a,b\n5\" pipe,x\n6,y\n", Dialect.PLAIN)).isEqualTo(2);
        assertThat(count("a,b\n\"say \"\"hi\n\"\"\",x\n6,y\n", Dialect.PLAIN)).isEqualTo(2);
    }

    @Test
    void escapes_comments_and_skipped_lines_are_followed() throws IOException {
        Dialect backslash = new Dialect(";", "'", "\\", Dialect.Header.PRESENT, 2, "#", "");
        assertThat(count("report\n\na;b\n# x\n'it\\'s\n';2\n3;4\n", backslash)).isEqualTo(2);
    }

    @Test
    void a_quote_that_is_never_closed_swallows_the_rest() throws IOException {
        assertThat(count("a,b\n1,\"x\n2,y\n3,z\n", Dialect.PLAIN)).isEqualTo(1);
    }

    @Test
    void places_records_by_their_first_line() throws IOException {
        List<Long> lines = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        CsvScanner.walk(
                in("a,b\r\n1,\"x\r\n\r\ny\"\r\n\r\n3,4\r\n"),
                Dialect.PLAIN,
                2,
                (_, start, line, _) -> {
                    lines.add(line);
                    starts.add(start);
                });
        assertThat(lines).containsExactly(2L, 6L);
        assertThat(starts).containsExactly(5L, 19L);
    }

    @Test
    void skimming_counts_as_reading_does() throws IOException {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            StringBuilder text = new StringBuilder();
            int length = 1 << 20 << random.nextInt(2);
            while (text.length() < length + random.nextInt(100)) {
                text.append("value ")
                        .append(random.nextInt())
                        .append(random.nextInt(40) == 0 ? "\n\n" : "\n");
                if (round % 3 == 0 && random.nextInt(5000) == 0) {
                    text.append("\"quoted\n\",x\n");
                }
            }
            List<Long> walked = new ArrayList<>();
            CsvScanner.walk(
                    in(text.toString()), NO_HEADER, 2, (index, _, _, _) -> walked.add(index));
            assertThat(count(text.toString(), NO_HEADER))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(walked.size());
        }
    }

    private static long count(String text, Dialect dialect) throws IOException {
        return CsvScanner.count(in(text), dialect, 2);
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
