package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Field;
import dev.ade.model.Grain;
import dev.ade.model.Layout;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cursor;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Privacy;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.spi.Privacy.Projection;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Treatments as the engine runs them.
class InEngineTest {
    private static final TableName SOURCE = TableName.parse("shop.customers");
    private static final Treatment PSEUDONYM = new Treatment.Pseudonym("customers");
    private static final Treatment TOKEN = new Treatment.Token("customers");
    private static final Treatment DIGITS =
            new Treatment.FormatPreserving("customers", Alphabet.DIGITS);

    private @TempDir Path folder = Path.of("");
    private DuckEngine engine = engine();

    @BeforeEach
    void start() {
        engine = engine();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void the_same_value_has_the_same_pseudonym_in_every_session_and_source() {
        Object first = treat(PSEUDONYM, Simple.VARCHAR, "'ada@example.com'");
        engine.close();
        engine = engine();

        assertThat(first).isInstanceOf(UUID.class);
        assertThat(treat(PSEUDONYM, Simple.VARCHAR, "'ada@example.com'")).isEqualTo(first);
        assertThat(treat(PSEUDONYM, Simple.VARCHAR, "'Ada@example.com'")).isNotEqualTo(first);
        assertThat(treat(new Treatment.Pseudonym("x"), Simple.VARCHAR, "'ada@example.com'"))
                .isNotEqualTo(first);
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
    void every_bit_of_a_pseudonym_comes_through_the_engine() {
        Projection projection = project(PSEUDONYM, Simple.BIGINT);
        ValueFunction function = projection.functions().getFirst();
        try (Session session = session(projection)) {
            String sql = projection.sql().orElseThrow().apply("range");
            try (Cursor cursor = session.query("select %s from range(5000)".formatted(sql))) {
                List<List<@Nullable Object>> rows = cursor.all(5000);
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(rows.get(i).getFirst()).isEqualTo(function.apply(String.valueOf(i)));
                }
            }
        }
    }

    @Test
    void instants_have_the_same_pseudonym_in_every_time_zone() {
        Projection projection = project(PSEUDONYM, Simple.TIMESTAMPTZ);
        Set<@Nullable Object> seen = new HashSet<>();
        for (String zone : List.of("UTC", "Asia/Tokyo", "America/New_York")) {
            try (Session session = session(projection)) {
                session.execute("set timezone = '" + zone + "'");
                seen.add(one(session, projection, "timestamptz '2026-01-01 00:00:00+00'"));
            }
        }
        assertThat(seen).hasSize(1);
        assertThat(seen).containsExactly(treat(PSEUDONYM, Simple.VARCHAR, "'2026-01-01 00:00:00'"));
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
                        prefix(3),
                        new Treatment.Generalise(new Coarsening.ToNetwork(24, 48)))) {
            assertThat(treat(treatment, Simple.VARCHAR, "null::varchar"))
                    .as(treatment.word())
                    .isNull();
        }
    }

    @Test
    void masks_code_points_and_hides_short_values_whole() {
        Treatment mask = new Treatment.Mask(1, 2);
        assertThat(treat(mask, Simple.VARCHAR, "'Lovelace'")).isEqualTo("L*****ce");
        assertThat(treat(mask, Simple.VARCHAR, "'Ada'")).isEqualTo("***");
        assertThat(treat(mask, Simple.VARCHAR, "'𝒜da😀x'")).isEqualTo("𝒜**😀x");
        assertThat(treat(mask, Simple.VARCHAR, "''")).isEqualTo("");
        assertThat(treat(new Treatment.Mask(0, 0), Simple.VARCHAR, "'Ada'")).isEqualTo("***");
        assertThat(treat(new Treatment.Mask(0, 4), Simple.BIGINT, "4111111111111111"))
                .isEqualTo("************1111");
    }

    @Test
    void generalises_dates_to_their_grain() {
        assertThat(text(grain(Grain.YEAR), Simple.DATE, "date '1815-12-10'"))
                .isEqualTo("1815-01-01");
        assertThat(text(grain(Grain.WEEK), Simple.DATE, "date '2026-11-21'"))
                .isEqualTo("2026-11-16");
        assertThat(text(grain(Grain.MONTH), Simple.TIMESTAMP, "timestamp '2026-11-21 10:11:12'"))
                .isEqualTo("2026-11-01T00:00");
        Projection projection = project(grain(Grain.DAY), Simple.TIMESTAMPTZ);
        try (Session session = session(projection)) {
            session.execute("set timezone = 'Asia/Tokyo'");
            assertThat(
                            String.valueOf(
                                    one(
                                            session,
                                            projection,
                                            "timestamptz '2026-11-20 23:30:00+00'")))
                    .isEqualTo("2026-11-20T00:00:00Z");
        }
    }

    @Test
    void generalises_numbers_to_buckets_exactly() {
        assertThat(text(bucket(10), Simple.INTEGER, "47")).isEqualTo("40");
        assertThat(text(bucket(10), Simple.INTEGER, "-1")).isEqualTo("-10");
        assertThat(text(bucket(10), Simple.BIGINT, "9223372036854775807::bigint"))
                .isEqualTo("9223372036854775800");
        assertThat(text(bucket(10), Simple.BIGINT, "(-9223372036854775808)::bigint"))
                .as("below the type")
                .isEqualTo("null");
        assertThat(text(bucket(0.1), new Type.Decimal(10, 2), "0.30::decimal(10,2)"))
                .isEqualTo("0.30");
        assertThat(text(bucket(0.1), new Type.Decimal(10, 2), "-0.31::decimal(10,2)"))
                .isEqualTo("-0.40");
        assertThat(text(bucket(1000), new Type.Decimal(10, 2), "54321.99::decimal(10,2)"))
                .isEqualTo("54000.00");
        assertThat(
                        text(
                                bucket(1000),
                                new Type.Decimal(38, 2),
                                "123456789012345678901234567890.99::decimal(38,2)"))
                .isEqualTo("123456789012345678901234567000.00");
        assertThat(text(bucket(1000), new Type.Decimal(10, 2), "-99999999.99::decimal(10,2)"))
                .as("below the type")
                .isEqualTo("null");
        assertThat(text(bucket(1000), new Type.Decimal(38, 0), "repeat('9', 38)::decimal(38,0)"))
                .isEqualTo("9".repeat(35) + "000");
        assertThat(text(bucket(2.5), Simple.DOUBLE, "6.1::double")).isEqualTo("5.0");
        assertThat(text(bucket(0.5), Simple.INTEGER, "3")).isEqualTo("3.0");
        assertThat(text(bucket(0.05), new Type.Decimal(4, 1), "0.5::decimal(4,1)"))
                .isEqualTo("0.5");
    }

    @Test
    void generalises_text_to_a_prefix_and_addresses_to_networks() {
        assertThat(treat(prefix(3), Simple.VARCHAR, "'SW1A 1AA'")).isEqualTo("SW1");
        assertThat(treat(prefix(3), Simple.INTEGER, "94107")).isEqualTo("941");
        Treatment network = new Treatment.Generalise(new Coarsening.ToNetwork(24, 48));
        assertThat(treat(network, Simple.VARCHAR, "'203.0.113.77'")).isEqualTo("203.0.113.0/24");
        assertThat(treat(network, Simple.VARCHAR, "'2001:db8:1:2::7'"))
                .isEqualTo("2001:db8:1::/48");
        assertThat(treat(network, Simple.VARCHAR, "'nowhere'")).isNull();
    }

    @Test
    void tokens_are_revealed_also_after_a_rotation() {
        Object token = treat(TOKEN, Simple.VARCHAR, "'Ada Lovelace'");
        assertThat(String.valueOf(token)).matches("t1\\.[A-Za-z0-9_-]{38}");
        assertThat(treat(TOKEN, Simple.VARCHAR, "'Ada Lovelace'")).isEqualTo(token);

        keyring().rotate();

        Object newer = treat(TOKEN, Simple.VARCHAR, "'Ada Lovelace'");
        assertThat(String.valueOf(newer)).startsWith("t2.");
        for (Object each : List.of(String.valueOf(token), String.valueOf(newer))) {
            assertThat(privacy().reveal("customers", (String) each, "support case 7"))
                    .isEqualTo("Ada Lovelace");
        }
    }

    @Test
    void fpe_keeps_the_form_and_undoes_nothing_in_sql() {
        String card = String.valueOf(treat(DIGITS, Simple.VARCHAR, "'4111-1111-1111-1111'"));
        assertThat(card).matches("\\d{4}-\\d{4}-\\d{4}-\\d{4}").isNotEqualTo("4111-1111-1111-1111");
        assertThat(treat(DIGITS, Simple.BIGINT, "4111111111111111"))
                .isEqualTo(card.replace("-", ""));
        assertThat(treat(DIGITS, Simple.VARCHAR, "''")).isEqualTo("");
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
            session.execute("create temp table people as select 'Xq93z' as x from range(5000)");
            assertThatThrownBy(() -> session.write("select %s from people".formatted(sql), target))
                    .hasMessageContaining("2 of 10 characters give fewer than a million values")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("Xq93z"));
        }
    }

    @Test
    void the_plan_and_the_catalog_of_the_engine_show_names_only() {
        Projection projection = project(PSEUDONYM, Simple.VARCHAR);
        String sql = projection.sql().orElseThrow().apply("email");
        assertThat(sql).isEqualTo("ade_pseudonym_of_customers(email)");
        try (Session session = session(projection)) {
            session.execute("create temp table people(email varchar)");
            String plan =
                    all(
                            session,
                            "select json_serialize_plan('select %s from people')".formatted(sql));
            assertThat(plan).contains("ade_pseudonym_of_customers$number");
            String functions =
                    all(
                            session,
                            "from duckdb_functions() where function_name like 'ade_pseudonym%'");
            assertThat(functions).contains("ade_pseudonym_of_customers");
            assertThat(plan + functions)
                    .doesNotContainPattern("[0-9a-fA-F]{32}|[A-Za-z0-9+/]{43}=");
        }
    }

    private static String all(Session session, String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(100).toString();
        }
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private Privacy privacy() {
        return new KeyedPrivacy(keyring(), PrivacyPolicy.PSEUDONYM, Clock.systemUTC());
    }

    private Keyring keyring() {
        return Keyring.open(
                folder.resolve("keys.json"),
                Optional.empty(),
                Optional.empty(),
                new SecureRandom());
    }

    private Projection project(Treatment treatment, Type type) {
        return privacy()
                .project(
                        SOURCE,
                        new Decision("c", "personal", treatment, Ground.DECLARED, ""),
                        type);
    }

    private @Nullable Object treat(Treatment treatment, Type type, String value) {
        Projection projection = project(treatment, type);
        try (Session session = session(projection)) {
            Object result = one(session, projection, value);
            String sql = projection.sql().orElseThrow().apply("x");
            assertThat(
                            session.describe(
                                            "select %s as y from (select %s as x)"
                                                    .formatted(sql, value))
                                    .columns()
                                    .getFirst()
                                    .type())
                    .as("%s of %s", treatment.word(), type.text())
                    .isEqualTo(projection.type());
            return result;
        }
    }

    private String text(Treatment treatment, Type type, String value) {
        return String.valueOf(treat(treatment, type, value));
    }

    private Session session(Projection projection) {
        Session session = engine.open(Relations.none());
        projection.functions().forEach(session::register);
        return session;
    }

    private static @Nullable Object one(Session session, Projection projection, String value) {
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

    private static Treatment prefix(int characters) {
        return new Treatment.Generalise(new Coarsening.ToPrefix(characters));
    }

    private static Treatment bucket(double width) {
        return new Treatment.Generalise(new Coarsening.ToBucket(width));
    }

    private static Treatment grain(Grain grain) {
        return new Treatment.Generalise(new Coarsening.ToGrain(grain));
    }

    private DuckEngine engine() {
        return new DuckEngine(
                new EngineSettings(
                        2,
                        1L << 30,
                        folder.resolve("spill"),
                        1L << 30,
                        2,
                        1L << 28,
                        Duration.ofMinutes(1),
                        1000));
    }
}
