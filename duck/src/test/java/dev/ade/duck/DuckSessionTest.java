package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Type;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import dev.ade.testkit.SessionContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckSessionTest extends SessionContract {
    @Override
    protected Engine open(Path scratch) {
        return Engines.open(scratch);
    }

    @Test
    void gives_types_that_no_table_holds_as_text() {
        run(session -> {
            assertThat(
                            rows(
                                    session,
                                    "select timestamp '2026-01-03' - timestamp '2026-01-01', 'a'::enum('a', 'b)'),"
                                            + " '101'::bit, {'age': interval 1 hour}, union_value(n := 1)"))
                    .containsExactly("2 days|a|101|{age=01:00:00}|1");
            assertThat(session.describe("select interval 1 day as age").columns().getFirst().type())
                    .isEqualTo(Type.Simple.VARCHAR);
        });
    }

    @Test
    void functions_of_a_session_are_nobody_elses() {
        try (Engine engine = open(folder.resolve("scratch"));
                Session loading = engine.open(Relations.none());
                Session other = engine.open(Relations.none())) {
            loading.register(new Shout());
            assertThat(rows(loading, "select shout('a')")).containsExactly("a!");
            assertThatThrownBy(() -> rows(other, "select shout('a')"))
                    .isInstanceOf(AdeException.class);
            String shared =
                    rows(
                                    other,
                                    "select function_name from duckdb_functions() where function_name like 'shout$%'")
                            .getFirst();
            assertThatThrownBy(() -> rows(other, "select \"%s\"('a')".formatted(shared)))
                    .hasMessageStartingWith(
                            "Cannot run the statement: it calls a function of ADE's own");
            assertThatThrownBy(() ->
                            other.execute(
                                    "create temp macro mine(x) as \"%s\"(x)".formatted(shared)))
                    .isInstanceOf(AdeException.class);
        }
    }

    private static final class Shout implements ValueFunction {
        @Override
        public String name() {
            return "shout";
        }

        @Override
        public Type argument() {
            return Type.Simple.VARCHAR;
        }

        @Override
        public Type result() {
            return Type.Simple.VARCHAR;
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            return value + "!";
        }
    }

    @Test
    void advises_no_settings_that_cannot_be_set() {
        run(session ->
                assertThatThrownBy(() -> rows(session, "select list_transform([1, 2], x -> x + 1)"))
                        .message()
                        .contains("lambda x")
                        .doesNotContain("SET "));
    }

    @Test
    void says_in_a_line_that_the_memory_does_not_do(@TempDir Path scratch) {
        try (Engine engine = Engines.open(scratch, 64L << 20);
                Session session = engine.open(Relations.none())) {
            assertThatThrownBy(() ->
                            session.execute(
                                    "create temp table t as select string_agg(repeat('x', 1000000), '') from range(1000)"))
                    .message()
                    .startsWith("Cannot finish the query within the memory limit: ")
                    .doesNotContain("\n");
        }
    }
}
