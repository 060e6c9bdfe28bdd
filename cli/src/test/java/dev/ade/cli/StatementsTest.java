package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {
    @Test
    void statements_end_at_semicolons() {
        Statements statements = Statements.of("select 1; select 2;\nselect 3");

        assertThat(statements.complete()).containsExactly("select 1", "select 2");
        assertThat(statements.rest()).isEqualTo("\nselect 3");
        assertThat(statements.all()).containsExactly("select 1", "select 2", "select 3");
    }

    @Test
    void semicolons_in_quotes_and_comments_do_not_count() {
        String sql =
                "select 'a;b', \"c;d\", 'it''s; so' -- e;f\n, /* g;h */ $$i;j$$, $tag$k;$$l$tag$";

        assertThat(Statements.of(sql + ";").complete()).containsExactly(sql);
        assertThat(Statements.of(sql).complete()).isEmpty();
    }

    @Test
    void an_open_quote_swallows_the_rest() {
        assertThat(Statements.of("select 'a; b").complete()).isEmpty();
        assertThat(Statements.of("select 1 /* a; b").complete()).isEmpty();
    }

    @Test
    void parameters_are_not_dollar_quotes() {
        assertThat(Statements.of("select $1; select $2;").complete())
                .containsExactly("select $1", "select $2");
    }

    @Test
    void blank_statements_and_comments_alone_are_none() {
        assertThat(Statements.of(" ; -- nothing\n ; /* here */").all()).isEmpty();
        assertThat(Statements.of("").all()).isEmpty();
    }
}
