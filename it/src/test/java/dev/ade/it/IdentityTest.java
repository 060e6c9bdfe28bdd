package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What things are known by: what is published under it must be found by it in years.
final class IdentityTest {
    @Test
    void a_fingerprint_is_what_it_always_was() {
        assertThat(Fingerprint.of("a", List.of("bc", "ö"), "d".repeat(300)))
                .hasToString("b907f24974c522c5c8100c803638d7d2");
        assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b907f24974c522c5c8100c803638d7d",
                "b907f24974c522c5c8100c803638d7d22",
                "B907f24974c522c5c8100c803638d7d2",
                "b907f24974c522c5c8100c803638d7dg"
            })
    void a_fingerprint_is_32_hex_digits(String text) {
        assertThatThrownBy(() -> new Fingerprint(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 hex digits");
    }

    @Test
    void names_are_ordered_by_domain_first_and_read_in_any_case() {
        assertThat(TableName.parse("Shop.Order_F")).isEqualTo(TableName.of("shop", "order_f"));
        assertThat(
                        List.of(
                                TableName.of("a", "z"),
                                TableName.of("a_b", "a"),
                                TableName.of("b", "a$1")))
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "$a", "a b", "ä", "a.b", "a-b"})
    void a_name_is_a_plain_identifier(String part) {
        assertThatThrownBy(() -> TableName.of("shop", part))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("it is not a plain identifier");
    }

    @Test
    void a_name_has_at_most_128_characters() {
        assertThat(TableName.of("_", "x".repeat(128)).name()).hasSize(128);
        assertThatThrownBy(() -> TableName.of("_", "x".repeat(129)))
                .isInstanceOf(AdeException.class);
    }
}
