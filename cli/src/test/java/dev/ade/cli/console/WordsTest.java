package dev.ade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void counts_agree_with_their_noun() {
        assertThat(Words.count(1, "row")).isEqualTo("1 row");
        assertThat(Words.count(0, "row")).isEqualTo("0 rows");
        assertThat(Words.count(1_234_567, "row")).isEqualTo("1,234,567 rows");
    }

    @Test
    void durations_keep_three_figures() {
        assertThat(Words.duration(Duration.ofMillis(414))).isEqualTo("0.41s");
        assertThat(Words.duration(Duration.ofMillis(12_340))).isEqualTo("12.3s");
        assertThat(Words.duration(Duration.ofSeconds(125))).isEqualTo("2m05s");
        assertThat(Words.duration(Duration.ofSeconds(3_725))).isEqualTo("1h02m");
    }

    @Test
    void ages_and_sizes_are_rough() {
        assertThat(Words.ago(Duration.ofSeconds(5))).isEqualTo("just now");
        assertThat(Words.ago(Duration.ofMinutes(1))).isEqualTo("1 minute ago");
        assertThat(Words.ago(Duration.ofHours(30))).isEqualTo("30 hours ago");
        assertThat(Words.ago(Duration.ofDays(3))).isEqualTo("3 days ago");
        assertThat(Words.bytes(999)).isEqualTo("999 B");
        assertThat(Words.bytes(1_234_567)).isEqualTo("1.2 MB");
    }

    @Test
    void text_is_cut_by_what_it_takes_on_the_screen() {
        assertThat(TextWidth.of("東京 ab́c")).isEqualTo(8);
        assertThat(TextWidth.cut("東京都", 5)).isEqualTo("東京…");
        assertThat(TextWidth.cut("東京都", 4)).isEqualTo("東…");
        assertThat(TextWidth.cut("short", 5)).isEqualTo("short");
        assertThat(TextWidth.cut("longer", 5)).isEqualTo("long…");
    }

    @Test
    void a_grid_leaves_out_columns_with_nothing_in_them() {
        Printed printed = new Printed();

        new Grid(Screen.PLAIN, List.of("a", "empty", "b"))
                .right(2)
                .row(List.of("x", "", "1"))
                .row(List.of("yy", "", "100"))
                .print(printed.stream());

        assertThat(printed.text()).isEqualTo("a     b\nx     1\nyy  100\n");
    }

    @Test
    void a_grid_fits_the_screen() {
        Printed printed = new Printed();
        Screen narrow = new Screen(30, Screen.Look.PLAIN, Screen.Motion.STILL);

        new Grid(narrow, List.of("name", "text"))
                .row(List.of("short", "a text that is far too long for this screen"))
                .print(printed.stream());

        assertThat(printed.text().lines()).allMatch(line -> TextWidth.of(line) <= 30);
        assertThat(printed.text()).contains("short  a text that is far too…");
    }
}
