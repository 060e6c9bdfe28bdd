package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ade.model.AdeException;
import dev.ade.model.Treatment;
import org.junit.jupiter.api.Test;

/// Nothing lands in plain because its name was misspelt where it says how to treat it.
class UnfoundTest extends InYard {
    private static final Declared CSV =
            Declared.files("in/*.csv").treated("email", new Treatment.Drop());
    private static final Declared JSON =
            Declared.files("in/*.ndjson").treated("email", new Treatment.Drop());

    @Test
    void a_misspelt_column_is_told_with_the_name_that_is_there() {
        yard.put("in/a.csv", "id,emial\n1,ada@example.com\n");

        assertThatThrownBy(() -> yard.load(CSV))
                .hasMessage(
                        "Cannot load shop.orders: column 'email' is to be treated, but in/a.csv does not have it; did you mean 'emial'?")
                .asInstanceOf(type(AdeException.class))
                .extracting(AdeException::nextStep)
                .asString()
                .startsWith("Correct its name in sources.yml");
    }

    @Test
    void a_column_that_nothing_is_like_is_told_with_those_that_are_there() {
        yard.put("in/a.csv", "id,contact\n1,ada@example.com\n");

        assertThatThrownBy(() -> yard.load(CSV))
                .hasMessageEndingWith("but in/a.csv does not have it, it has 'id', 'contact'");
    }

    @Test
    void a_column_that_goes_while_another_comes_is_perhaps_the_same() {
        yard.put("in/a.csv", "id,email\n1,ada@example.com\n");
        yard.load(CSV);
        yard.put("in/b.csv", "id,contact\n2,bob@example.com\n");

        assertThatThrownBy(() -> yard.load(CSV))
                .hasMessage(
                        "Cannot load shop.orders: column 'email' is to be treated, but in/b.csv does not have it any more, and 'contact' came, which nobody declared")
                .asInstanceOf(type(AdeException.class))
                .extracting(AdeException::nextStep)
                .isEqualTo(
                        "If it is the same, declare {name: email, aliases: [contact]}, else {name: contact}");
    }

    @Test
    void a_column_that_goes_while_none_comes_is_gone() {
        yard.put("in/a.csv", "id,email\n1,ada@example.com\n");
        yard.load(CSV);
        yard.put("in/b.csv", "id\n2\n");
        yard.put("in/c.csv", "");

        assertThat(yard.load(CSV).landed()).isEqualTo(1);
    }

    @Test
    void a_field_of_json_may_be_left_out_but_not_misspelt() {
        yard.put("in/a.ndjson", "{\"id\": 1, \"city\": \"Bonn\"}\n");
        assertThat(yard.load(JSON).landed()).isEqualTo(1);
        yard.put("in/b.ndjson", "{\"id\": 2, \"e_mail\": \"ada@example.com\"}\n");

        assertThatThrownBy(() -> yard.load(JSON)).hasMessageEndingWith("did you mean 'e_mail'?");
    }
}
