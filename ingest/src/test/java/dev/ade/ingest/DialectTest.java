package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialectTest {
    private static Dialect dialect(String quote, String escape) {
        return new Dialect(";", quote, escape, Dialect.Header.PRESENT, 0, "#", "");
    }

    @Test
    void a_value_is_quoted_where_it_would_be_taken_for_something_else() {
        Dialect doubled = dialect("'", "'");

        assertThat(doubled.written("a b")).contains("a b");
        assertThat(doubled.written("a;b")).contains("'a;b'");
        assertThat(doubled.written("it's")).contains("'it''s'");
        assertThat(doubled.written("a\nb")).contains("'a\nb'");
        assertThat(doubled.written("#1")).contains("'#1'");
        assertThat(dialect("'", "\\").written("\\ it's")).contains("'\\\\ it\\'s'");
    }

    @Test
    void what_cannot_be_quoted_cannot_be_written() {
        assertThat(dialect("", "").written("a,b")).contains("a,b");
        assertThat(dialect("", "").written("a;b")).isEmpty();
        assertThat(dialect("'", "").written("it's")).isEmpty();
    }
}
