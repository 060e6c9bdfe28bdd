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
    void finds_what_was_written_in_any_dialect() throws IOException {
        List<Dialect> dialects =
                List.of(
                        NO_HEADER,
                        new Dialect("\t", "", "", Dialect.Header.ABSENT, 0, "", ""),
                        new Dialect("||", "\"", "\"", Dialect.Header.ABSENT, 0, "", ""),
                        new Dialect(";", "'", "\\", Dialect.Header.ABSENT, 0, "#", ""));
        for (long seed = 1; seed <= 40; seed++) {
            for (Dialect dialect : dialects) {
                Written written = Written.of(dialect, new SplittableRandom(seed));
                List<Place> found = new ArrayList<>();
                CsvScanner.walk(
                        in(written.text().toString()),
                        dialect,
                        2,
                        (_, start, line, length) -> found.add(new Place(start, line, length)));
                assertThat(found)
                        .as("seed %d, %s", seed, dialect)
                        .containsExactlyElementsOf(written.records());
            }
        }
    }

    private record Place(long start, long line, long length) {}

    /// Text of which it is known where its records are.
    private record Written(StringBuilder text, List<Place> records) {
        private static final List<String> PIECES =
                List.of(
                        "a",
                        "value",
                        "12345678",
                        "longer than a word",
                        "é",
                        ",",
                        ";",
                        "|",
                        "\t",
                        " ");
        private static final List<String> QUOTED_PIECES = List.of("\n", "\r\n", "\n\n", "#", "||");

        static Written of(Dialect dialect, SplittableRandom random) {
            Written written = new Written(new StringBuilder(), new ArrayList<>());
            String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
            int records = random.nextInt(300);
            for (int i = 0; i < records; i++) {
                if (!dialect.comment().isEmpty() && random.nextInt(10) == 0) {
                    written.text.append(dialect.comment()).append(" it's ").append(lineEnd);
                }
                if (random.nextInt(10) == 0) {
                    written.text.append(lineEnd);
                }
                long start = written.bytes();
                long line = written.text.chars().filter(c -> c == '\n').count() + 1;
                written.text
                        .append(field(dialect, random))
                        .append(dialect.delimiter())
                        .append(field(dialect, random));
                written.records.add(new Place(start, line, written.bytes() - start));
                written.text.append(lineEnd);
            }
            return written;
        }

        private long bytes() {
            return text.toString().getBytes(StandardCharsets.UTF_8).length;
        }

        private static String field(Dialect dialect, SplittableRandom random) {
            boolean isQuoted = !dialect.quote().isEmpty() && random.nextInt(3) == 0;
            StringBuilder field = new StringBuilder(isQuoted ? "" : "x");
            for (int i = random.nextInt(6); i > 0; i--) {
                field.append(
                        isQuoted && random.nextInt(3) == 0
                                ? any(QUOTED_PIECES, random)
                                : any(PIECES, random));
                if (random.nextInt(8) == 0) {
                    field.append(isQuoted ? dialect.escape() : "").append(dialect.quote());
                }
            }
            String plain = field.toString();
            return isQuoted
                    ? dialect.quote() + plain + dialect.quote()
                    : plain.replace(dialect.delimiter().substring(0, 1), "");
        }

        private static String any(List<String> pieces, SplittableRandom random) {
            return pieces.get(random.nextInt(pieces.size()));
        }
    }

    private static long count(String text, Dialect dialect) throws IOException {
        return CsvScanner.count(in(text), dialect, 2);
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
