package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Privacy;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.spi.Privacy.Projection;
import dev.ade.spi.Privacy.Sample;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every `Privacy` promises about the values it treats, as an engine runs its treatments.
public abstract class PrivacyContract {
    protected static final TableName SOURCE = TableName.parse("shop.customers");
    protected static final Treatment PSEUDONYM = new Treatment.Pseudonym("customers");
    protected static final Treatment TOKEN = new Treatment.Token("customers");
    protected static final Treatment DIGITS =
            new Treatment.FormatPreserving("customers", Alphabet.DIGITS);
    private static final String VALUE = "Xq93z";

    protected @TempDir Path folder = Path.of("");

    private @Nullable Engine engine;

    /// With the keys of `home`: the same each time.
    protected abstract Privacy open(Path home);

    /// @param scratch where it may spill
    protected abstract Engine engine(Path scratch);

    @BeforeEach
    void start() {
        engine = engine(folder.resolve("scratch"));
    }

    @AfterEach
    void stop() {
        engine().close();
    }

    @Test
    void the_same_value_has_the_same_pseudonym_in_every_session_and_source() {
        String ada = "'ada@example.com'";
        Object first = treat(PSEUDONYM, Simple.VARCHAR, ada);
        engine().close();
        engine = engine(folder.resolve("scratch"));

        assertThat(first).isInstanceOf(UUID.class);
        assertThat(treat(PSEUDONYM, Simple.VARCHAR, ada)).isEqualTo(first);
        assertThat(treat(TableName.parse("crm.people"), PSEUDONYM, ada)).isEqualTo(first);
        assertThat(treat(PSEUDONYM, Simple.VARCHAR, "'Ada@example.com'")).isNotEqualTo(first);
        assertThat(treat(new Treatment.Pseudonym("x"), Simple.VARCHAR, ada))
                .as("another realm")
                .isNotEqualTo(first);
    }

    private @Nullable Object treat(TableName source, Treatment treatment, String value) {
        Projection projection =
                privacy()
                        .project(
                                source,
                                new Decision("other", "personal", treatment, Ground.DECLARED, ""),
                                Simple.VARCHAR);
        try (Session session = session(projection)) {
            return one(session, projection, value);
        }
    }

    @Test
    void other_keys_give_other_pseudonyms() {
        Projection other =
                open(folder.resolve("other")).project(SOURCE, declared(PSEUDONYM), Simple.VARCHAR);
        try (Session session = session(other)) {
            assertThat(one(session, other, "'ada'"))
                    .isNotEqualTo(treat(PSEUDONYM, Simple.VARCHAR, "'ada'"));
        }
    }

    @Test
    void the_same_number_has_the_same_pseudonym_whatever_its_type() {
        Object expected = treat(PSEUDONYM, Simple.VARCHAR, "'42'");
        assertThat(treat(PSEUDONYM, Simple.INTEGER, "42::integer")).isEqualTo(expected);
        assertThat(treat(PSEUDONYM, Simple.BIGINT, "42::bigint")).isEqualTo(expected);
        assertThat(treat(PSEUDONYM, Simple.DOUBLE, "42::double")).isEqualTo(expected);
        assertThat(treat(PSEUDONYM, Simple.FLOAT, "42::float")).isEqualTo(expected);
        assertThat(treat(PSEUDONYM, new Type.Decimal(10, 2), "42::decimal(10,2)"))
                .isEqualTo(expected);
        assertThat(treat(PSEUDONYM, new Type.Decimal(38, 0), "42::decimal(38,0)"))
                .isEqualTo(expected);

        Object half = treat(PSEUDONYM, Simple.VARCHAR, "'-420.5'");
        assertThat(treat(PSEUDONYM, new Type.Decimal(10, 2), "-420.50::decimal(10,2)"))
                .isEqualTo(half);
        assertThat(treat(PSEUDONYM, Simple.DOUBLE, "-420.5::double")).isEqualTo(half);
    }

    @Test
    void null_stays_null_in_every_treatment() {
        for (Treatment treatment :
                List.of(
                        PSEUDONYM,
                        TOKEN,
                        DIGITS,
                        new Treatment.Keep(),
                        new Treatment.Mask(1, 1),
                        new Treatment.Generalise(new Coarsening.ToPrefix(3)),
                        new Treatment.Generalise(new Coarsening.ToNetwork(24, 48)))) {
            assertThat(treat(treatment, Simple.VARCHAR, "null::varchar"))
                    .as(treatment.word())
                    .isNull();
        }
    }

    @Test
    void what_is_dropped_has_no_expression() {
        assertThat(project(new Treatment.Drop(), Simple.VARCHAR).sql()).isEmpty();
    }

    @Test
    void a_token_is_revealed_for_a_reason_only() {
        String token = String.valueOf(treat(TOKEN, Simple.VARCHAR, "'Ada Lovelace'"));

        assertThat(token).doesNotContain("Ada");
        assertThat(privacy().reveal("customers", token, "support case 7"))
                .isEqualTo("Ada Lovelace");
        assertThatThrownBy(() -> privacy().reveal("customers", token, " "))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("a reason");
    }

    @Test
    void an_error_in_the_load_shows_neither_value_nor_key() {
        Projection projection = project(DIGITS, Simple.VARCHAR);
        String sql = projection.sql().orElseThrow().apply("x");
        FileTarget target =
                new FileTarget(
                        folder.resolve("out").toString(),
                        List.of(Field.of(1, "x", Simple.VARCHAR)),
                        Layout.PLAIN,
                        1 << 20);
        try (Session session = session(projection)) {
            session.execute(
                    "create temp table people as select '%s' as x from range(5000)"
                            .formatted(VALUE));
            assertThatThrownBy(() -> session.write("select %s from people".formatted(sql), target))
                    .isInstanceOf(AdeException.class)
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(VALUE));
        }
    }

    @Test
    void neither_decisions_nor_refusals_hold_values() {
        List<Sample> samples =
                List.of(new Sample("email", Simple.VARCHAR, List.of("ada@example.com")));
        assertThat(privacy().decide(SOURCE, nothing(PrivacyPolicy.PSEUDONYM), samples))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.ground()).isEqualTo(Ground.DETECTED);
                    assertThat(decision.toString()).doesNotContain("ada@");
                });
        assertThatThrownBy(() -> privacy().decide(SOURCE, nothing(PrivacyPolicy.REFUSE), samples))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e ->
                                assertThat(e.explain())
                                        .contains("shop.customers", "'email'")
                                        .doesNotContain("ada@"));
    }

    private static Privacy.Declared nothing(PrivacyPolicy undeclared) {
        return new Privacy.Declared(List.of(), undeclared);
    }

    @Test
    void words_for_values_do_not_hold_them() {
        for (String value : List.of(VALUE, "4111111111111111", "-17.5", "ada@example.com")) {
            assertThat(privacy().valueClass(value)).isNotEmpty().doesNotContain(value);
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /// Opened anew for each test.
    protected final Engine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    private Privacy privacy() {
        return open(folder);
    }

    private static Decision declared(Treatment treatment) {
        return new Decision("c", "personal", treatment, Ground.DECLARED, "");
    }

    protected final Projection project(Treatment treatment, Type type) {
        return privacy().project(SOURCE, declared(treatment), type);
    }

    /// What becomes of a value; its type must be the one that the projection says.
    protected final @Nullable Object treat(Treatment treatment, Type type, String value) {
        Projection projection = project(treatment, type);
        try (Session session = session(projection)) {
            Object result = one(session, projection, value);
            String sql = projection.sql().orElseThrow().apply("x");
            String query = "select %s as y from (select %s as x)".formatted(sql, value);
            assertThat(session.describe(query).columns().getFirst().type())
                    .as("%s of %s", treatment.word(), type.text())
                    .isEqualTo(projection.type());
            return result;
        }
    }

    protected final Session session(Projection projection) {
        Session session = engine().open(Relations.none());
        projection.functions().forEach(session::register);
        return session;
    }

    protected static @Nullable Object one(Session session, Projection projection, String value) {
        String sql = projection.sql().orElseThrow().apply("x");
        // Many rows, so that the vectorised path is taken and not only constant folding.
        String query =
                "select distinct %s from (select %s as x from range(3000))".formatted(sql, value);
        try (Cursor cursor = session.query(query)) {
            List<List<@Nullable Object>> rows = cursor.all(2);
            assertThat(rows).hasSize(1);
            return Collections.unmodifiableList(rows.getFirst()).getFirst();
        }
    }
}
