package dev.ade.run.rejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import org.junit.jupiter.api.Test;

class CsvTextTest {
    @Test
    void a_quote_within_a_value_is_part_of_it() {
        assertThat(new CsvText("a,5\" pipe\r\nb,6\" pipe\n\"c\"\"\n,\",\"\"\n", ',').lines())
                .extracting(CsvText.Line::cells)
                .extracting(cells -> String.join("|", cells))
                .containsExactly("a|5\" pipe", "b|6\" pipe", "c\"\n,|");
    }

    @Test
    void a_quote_that_is_not_closed_is_refused_with_its_line() {
        assertThatThrownBy(() -> new CsvText("a,b\nc,\"d\ne,f\n", ',').lines())
                .isInstanceOf(AdeException.class)
                .hasMessage("Cannot read corrections: a quote of line 2 is not closed");
    }
}
