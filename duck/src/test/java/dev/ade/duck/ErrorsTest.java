package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorsTest {
    private static final String REFUSED = "Only SELECT statements can be serialized to json!";

    @Test
    void says_what_a_pivot_lacks_and_what_is_no_query() {
        assertThat(
                        Errors.parse(
                                REFUSED,
                                null,
                                "\nselect * from (pivot shop.s on city using sum(n))"))
                .hasMessageContaining("a pivot has no list of values");
        assertThat(Errors.parse(REFUSED, null, "\n\n drop table shop.s"))
                .hasMessage("Cannot run 'drop table shop.s': it is no query");
    }
}
