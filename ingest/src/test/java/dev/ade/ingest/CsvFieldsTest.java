package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvFieldsTest {
    private static final Dialect BACKSLASH =
            new Dialect(";;", "'", "\\", Dialect.Header.PRESENT, 0, "", "");

    private static List<String> texts(String record, Dialect dialect) {
        CsvFields fields = CsvFields.of(record, dialect).orElseThrow();
        return IntStream.range(0, fields.size()).mapToObj(fields::text).toList();
    }

    @Test
    void fields_are_told_apart_as_the_dialect_says() {
        assertThat(texts("", Dialect.PLAIN)).containsExactly("");
        assertThat(texts("a,,", Dialect.PLAIN)).containsExactly("a", "", "");
        assertThat(texts("\"a,\n\"\"b\"\"\",c\"d\"", Dialect.PLAIN))
                .containsExactly("a,\n\"b\"", "c\"d\"");
        assertThat(texts("\"a\"b,\"\"", Dialect.PLAIN)).containsExactly("ab", "");
        assertThat(texts("'a;;\\'\\\\\\n';;b;c;;", BACKSLASH))
                .containsExactly("a;;'\\\\n", "b;c", "");
    }

    @Test
    void a_quote_that_is_open_leaves_nothing_to_tell() {
        assertThat(CsvFields.of("a,\"b,c", Dialect.PLAIN)).isEmpty();
        assertThat(CsvFields.of("a,\"b\"\"", Dialect.PLAIN)).isEmpty();
    }

    @Test
    void what_is_behind_a_field_stays_as_it_is_written() {
        CsvFields fields = CsvFields.of("a,b,\"c,\",d", Dialect.PLAIN).orElseThrow();

        assertThat(fields.from(2)).isEqualTo("\"c,\",d");
        assertThat(fields.from(4)).isEmpty();
    }
}
