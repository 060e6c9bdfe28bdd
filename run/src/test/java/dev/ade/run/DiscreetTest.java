package dev.ade.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreetTest {
    @Test
    void values_that_an_engine_shows_are_left_out() {
        assertThat(
                        Discreet.message(
                                "Conversion Error: Could not convert string 'Ann O''Neil' to INT32"))
                .isEqualTo("Conversion Error: Could not convert string '…' to INT32");
        assertThat(Discreet.message("Constraint Error: Duplicate key \"id: 7\" violates it"))
                .isEqualTo("Constraint Error: Duplicate key '…' violates it");
        assertThat(
                        Discreet.message(
                                "Conversion Error: failed to cast value: 1988-01-02\n\nLINE 1: select"))
                .isEqualTo("Conversion Error: failed to cast value: …\n\nLINE 1: select");
        assertThat(
                        Discreet.message(
                                "Invalid Input Error: Could not parse string \"ann@x.org\" according to format specifier\nann@x.org\n^\nError: not enough"))
                .isEqualTo(
                        "Invalid Input Error: Could not parse string '…' according to format specifier\n…\n^\nError: not enough");
        assertThat(Discreet.message("Parser Error: x\nLINE 1: select\n        ^"))
                .isEqualTo("Parser Error: x\nLINE 1: select\n        ^");
    }

    /// Of an engine's message that had values at hand only words stay that are no values.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Conversion Error: invalid date field format: \"Zebraquark\", expected format is (YYYY-MM-DD)"
                        + " | Conversion Error: invalid date field format: '…', expected format is (YYYY-MM-DD)",
                "Conversion Error: Type INT64 with value 1234567890123 can't be cast because the value is out of range for the destination type INT32"
                        + " | Conversion Error: Type INT64 with value … can't be cast because the value is out of range for the destination type INT32",
                "Invalid Input Error: Malformed JSON at byte 0 of input: unexpected character.  Input: \"zebraquark\""
                        + " | Invalid Input Error: Malformed JSON at byte … of input: unexpected character.  Input: '…'",
                "Invalid Input Error: missing ): zebraquark( | Invalid Input Error: missing ): …(",
                "Invalid Input Error: bad Zebra Quark, zebra@example.org | Invalid Input Error: …",
                "Out of Range Error: Overflow in multiplication of INT64 (4111111111111111 * 9223372036854775807)!"
                        + " | Out of Range Error: Overflow in multiplication of INT64 (…)!",
                "Conversion Error: Could not convert string 'x' to INT32 when casting from source column surname"
                        + " | Conversion Error: Could not convert string '…' to INT32 when casting from source column surname",
            })
    void an_engine_says_no_value(String said, String told) {
        String query = "\n  Line 2: select surname::date from \"shop\".\"people\"";
        assertThat(Discreet.message("Cannot run the query: " + said + query))
                .isEqualTo("Cannot run the query: " + told + query);
    }

    @Test
    void names_stay() {
        String message = "Cannot read shop.orders: there is no column \"total\"";
        assertThat(Discreet.message(message)).isEqualTo(message);
        assertThat(Discreet.message("1 row has a value of status that is not accepted"))
                .isEqualTo("1 row has a value of status that is not accepted");
    }
}
