package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.TableName;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private static final String LONG = "x, ".repeat(100_000);

    @Test
    void finds_candidates_in_statements_of_any_length() {
        String statement =
                "create temp table \"t\" as select "
                        + LONG
                        + "\"a\".b, '5\" wide' from \"Shop\" . orders";

        assertThat(References.candidates(statement))
                .contains(TableName.of("a", "b"), TableName.of("shop", "orders"));
    }

    @Test
    void takes_chains_of_names_apart() {
        assertThat(References.candidates("select a.b.c, \"d\".\"e\".f"))
                .containsExactlyInAnyOrder(
                        TableName.of("a", "b"),
                        TableName.of("b", "c"),
                        TableName.of("d", "e"),
                        TableName.of("e", "f"));
    }
}
