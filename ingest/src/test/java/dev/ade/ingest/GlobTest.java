package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void stars_stay_within_a_folder_and_double_stars_do_not() {
        assertThat(Glob.parse("data/*.csv").matches("a.csv")).isTrue();
        assertThat(Glob.parse("data/*.csv").matches("x/a.csv")).isFalse();
        Glob deep = Glob.parse("data/**/orders-*.csv");
        assertThat(deep.base()).isEqualTo("data");
        assertThat(deep.matches("orders-1.csv")).isTrue();
        assertThat(deep.matches("2026/11/orders-1.csv")).isTrue();
        assertThat(deep.matches("2026/11/returns-1.csv")).isFalse();
    }

    @Test
    void braces_brackets_and_question_marks_choose() {
        Glob glob = Glob.parse("/in/{orders,returns}-[0-9]?.{csv,tsv}");
        assertThat(glob.base()).isEqualTo("/in");
        assertThat(glob.matches("orders-1a.tsv")).isTrue();
        assertThat(glob.matches("returns-xa.csv")).isFalse();
        assertThat(Glob.parse("[!a]*.csv").matches("b.csv")).isTrue();
        assertThat(Glob.parse("[!a]*.csv").matches("a.csv")).isFalse();
    }

    @Test
    void dots_and_other_signs_mean_themselves() {
        assertThat(Glob.parse("a.c*").matches("axcsv")).isFalse();
        assertThat(Glob.parse("(a+b)*").matches("(a+b).csv")).isTrue();
    }

    @Test
    void what_is_not_closed_is_refused() {
        assertThatThrownBy(() -> Glob.parse("data/{a,b.csv"))
                .isInstanceOf(AdeException.class)
                .hasMessage("Cannot read the file pattern 'data/{a,b.csv': '}' is missing");
        assertThatThrownBy(() -> Glob.parse("data/[ab.csv"))
                .hasMessage("Cannot read the file pattern 'data/[ab.csv': ']' is missing");
    }
}
