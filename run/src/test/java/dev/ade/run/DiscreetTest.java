package dev.ade.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscreetTest {
    @Test
    void values_that_an_engine_shows_are_left_out() {
        assertThat(
                        Discreet.message(
                                "Conversion Error: Could not convert string 'Ann O''Neil' to INT32"))
                .isEqualTo("Conversion Error: Could not convert string '…' to INT32");
        assertThat(Discreet.message("Constraint Error: Duplicate key \"id: 7\" violates it"))
                .isEqualTo("Constraint Error: Duplicate key '…' violates it");
        assertThat(Discreet.message("Conversion Error: failed to cast value: 1988-01-02\nLINE 1"))
                .isEqualTo("Conversion Error: failed to cast value: …\nLINE 1");
        assertThat(
                        Discreet.message(
                                "Invalid Input Error: Could not parse string \"ann@x.org\" according to format specifier\nann@x.org\n^\nError: not enough"))
                .isEqualTo(
                        "Invalid Input Error: Could not parse string '…' according to format specifier\n…\n^\nError: not enough");
        assertThat(Discreet.message("Parser Error: x\nLINE 1: select\n        ^"))
                .isEqualTo("Parser Error: x\nLINE 1: select\n        ^");
    }

    @Test
    void names_stay() {
        String message = "Cannot read shop.orders: there is no column \"total\"";
        assertThat(Discreet.message(message)).isEqualTo(message);
        assertThat(Discreet.message("1 row has a value of status that is not accepted"))
                .isEqualTo("1 row has a value of status that is not accepted");
    }
}
