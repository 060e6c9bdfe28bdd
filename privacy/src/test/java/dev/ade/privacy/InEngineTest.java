package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Grain;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.Privacy;
import dev.ade.spi.Privacy.Projection;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import dev.ade.testkit.PrivacyContract;
import dev.ade.testkit.SettableClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Treatments as the engine runs them.
class InEngineTest extends PrivacyContract {
    @Override
    protected Engine engine(Path scratch) {
        return new DuckEngine(
                new EngineSettings(
                        2, 1L << 30, scratch, 1L << 30, 2, 1L << 28, Duration.ofMinutes(1), 1000));
    }

    @Override
    protected Privacy open(Path home) {
        return new KeyedPrivacy(keyring(home), SettableClock.at("2026-11-21T00:00:00Z"));
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

        keyring(folder).rotate();

        Object newer = treat(TOKEN, Simple.VARCHAR, "'Ada Lovelace'");
        assertThat(String.valueOf(newer)).startsWith("t2.");
        for (Object each : List.of(String.valueOf(token), String.valueOf(newer))) {
            assertThat(open(folder).reveal("customers", (String) each, "support case 7"))
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
            assertThat(plan).contains("ade_pseudonym_of_customers$");
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

    private static Keyring keyring(Path home) {
        return Keyring.open(
                home.resolve("keys.json"), Optional.empty(), Optional.empty(), new SecureRandom());
    }

    private String text(Treatment treatment, Type type, String value) {
        return String.valueOf(treat(treatment, type, value));
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
}
