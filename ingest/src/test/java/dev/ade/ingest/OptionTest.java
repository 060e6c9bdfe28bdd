package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionTest {
    @Test
    void options_go_by_any_of_duckdbs_names() {
        ReaderOptions options =
                options(Format.CSV, Map.of("Sep", ";", "header", "yes", "skip", 2, "null", "NA"));
        assertThat(options.text(Option.DELIM)).contains(";");
        assertThat(options.flag(Option.HEADER)).contains(true);
        assertThat(options.count(Option.SKIP)).contains(2L);
        assertThat(options.sql(Option.Use.PLAIN_TEXT)).isEqualTo(", nullstr=['NA']");
    }

    @Test
    void types_are_read() {
        assertThat(options(Format.CSV, Map.of("types", Map.of("Id", "bigint"))).types())
                .containsEntry("Id", Type.Simple.BIGINT);
    }

    @Test
    void an_unknown_option_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() -> options(Format.CSV, Map.of("delimter", ";")))
                .isInstanceOf(AdeException.class)
                .hasMessage("Cannot use the option 'delimter' in load: there is none of that name")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .startsWith("Did you mean 'delimiter'? There are all_varchar, "));
    }

    @Test
    void an_option_that_would_lose_rows_is_refused_with_what_to_do_instead() {
        assertThatThrownBy(() -> options(Format.CSV, Map.of("ignore_errors", true)))
                .hasMessage("Cannot use the option 'ignore_errors' in load")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo(
                                        "Rows that break are kept in ade.rejected; set reject_limit for how many may"));
    }

    @Test
    void a_value_of_the_wrong_kind_is_refused() {
        assertThatThrownBy(() -> options(Format.CSV, Map.of("skip", "two")))
                .hasMessage(
                        "Cannot use the option 'skip' in load: it is not a whole number, was 'two'");
        assertThatThrownBy(() -> options(Format.CSV, Map.of("header", "maybe")))
                .hasMessage(
                        "Cannot use the option 'header' in load: it is not true or false, was 'maybe'");
        assertThatThrownBy(() -> options(Format.PARQUET, Map.of("delim", ";")))
                .hasMessage(
                        "Cannot use the option 'delim' in load: parquet files have no such thing");
    }

    @Test
    void encodings_that_nobody_knows_are_refused() {
        assertThat(Encoding.of("ISO-8859-1").isCopied()).isFalse();
        assertThat(Encoding.of("cp1252").isCopied()).isTrue();
        assertThatThrownBy(() -> Encoding.of("klingon"))
                .hasMessage("Cannot read the encoding 'klingon': no such encoding is known");
    }

    private static ReaderOptions options(Format format, Map<String, Object> values) {
        LoadSpec.Files files =
                new LoadSpec.Files(
                        List.of("*.csv"),
                        format,
                        Mode.APPEND,
                        List.of(),
                        values,
                        RejectLimit.DEFAULT);
        return ReaderOptions.of(Sources.of("shop.orders", files), files);
    }
}
