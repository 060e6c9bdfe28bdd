package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Value by value against a real server.
class PostgresTypesTest extends InYard {
    @AutoClose private static final Postgres postgres = Postgres.start();

    /// A dataset keeps the types it had, so each has one of its own.
    private int tables;

    @BeforeAll
    static void define() {
        postgres.sql("create type mood as enum ('sad', 'ok', 'happy')");
    }

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
    }

    private SourceTable source() {
        return Sources.of(
                "shop.t" + tables,
                new LoadSpec.Outside(
                        SystemKind.JDBC,
                        Sources.settings(SystemKind.JDBC, postgres, Map.of("table", "public.t")),
                        Mode.REPLACE,
                        List.of(),
                        RejectLimit.NONE));
    }

    /// Puts values, one SQL expression each, into a table of one column, loads it, and gives its type and what landed.
    private List<String> landed(String type, String... values) {
        tables++;
        postgres.sql("drop table if exists t; create table t (n serial, v %s)".formatted(type));
        for (String value : values) {
            postgres.sql("insert into t (v) values (%s)".formatted(value));
        }
        Loaded loaded = yard.load(source());
        assertThat(loaded.read()).isEqualTo(values.length);
        assertThat(loaded.landed() + loaded.rejected()).isEqualTo(values.length);
        List<String> all =
                new ArrayList<>(
                        yard.sql(
                                "select distinct typeof(v) from shop.t%d where v is not null"
                                        .formatted(tables)));
        all.addAll(yard.sql("select v::varchar from shop.t%d order by n".formatted(tables)));
        return all;
    }

    private List<String> rejected() {
        return yard.sql(
                "select line, column_name, value_class, reason from ade.rejected where dataset = 'shop.t%d' order by line"
                        .formatted(tables));
    }

    @Test
    void keeps_whole_numbers() {
        assertThat(landed("smallint", "-32768", "32767", "null"))
                .containsExactly("INTEGER", "-32768", "32767", "null");
        assertThat(landed("integer", "-2147483648", "2147483647"))
                .containsExactly("INTEGER", "-2147483648", "2147483647");
        assertThat(landed("bigint", "-9223372036854775808", "9223372036854775807", "null"))
                .containsExactly("BIGINT", "-9223372036854775808", "9223372036854775807", "null");
    }

    @Test
    void keeps_every_digit_of_numbers_with_a_point() {
        assertThat(
                        landed(
                                "numeric(38,10)",
                                "1234567890123456789012345678.0123456789",
                                "-0.0000000001",
                                "10000",
                                "0",
                                "null"))
                .containsExactly(
                        "DECIMAL(38,10)",
                        "1234567890123456789012345678.0123456789",
                        "-0.0000000001",
                        "10000.0000000000",
                        "0.0000000000",
                        "null");
        assertThat(landed("numeric(3,3)", "0", "0.000", "-0.5", "null"))
                .as("no digit before the point")
                .containsExactly("DECIMAL(3,3)", ".000", ".000", "-.500", "null");
        assertThat(landed("numeric", "1e60", "1.10", "'NaN'", "-0.00001"))
                .containsExactly("VARCHAR", "1" + "0".repeat(60), "1.10", "NaN", "-0.00001");
    }

    @Test
    void rejects_a_number_that_is_none() {
        assertThat(landed("numeric(10,2)", "1.5", "'NaN'", "2.25", "'NaN'"))
                .containsExactly("DECIMAL(10,2)", "1.50", "2.25");
        assertThat(rejected())
                .containsExactly(
                        "2|v|text of 3 characters|NaN fits no DECIMAL",
                        "4|v|text of 3 characters|NaN fits no DECIMAL");
    }

    @Test
    void keeps_floats_with_what_is_no_number() {
        assertThat(landed("real", "1.1", "'NaN'", "'Infinity'", "'-Infinity'", "null"))
                .containsExactly("FLOAT", "1.1", "nan", "inf", "-inf", "null");
        assertThat(landed("double precision", "1e-300", "0.1", "'NaN'", "'-Infinity'"))
                .containsExactly("DOUBLE", "1e-300", "0.1", "nan", "-inf");
    }

    @Test
    void keeps_truth_texts_and_bytes() {
        assertThat(landed("boolean", "true", "false", "null"))
                .containsExactly("BOOLEAN", "true", "false", "null");
        assertThat(landed("text", "'żółw 🐢 \"x\", '", "''", "null", "E'a\\nb'"))
                .containsExactly("VARCHAR", "żółw 🐢 \"x\", ", "", "null", "a\nb");
        assertThat(landed("char(4)", "'ab'")).containsExactly("VARCHAR", "ab  ");
        assertThat(landed("bytea", "'\\x00ff41'", "''", "null"))
                .containsExactly("BLOB", "\\x00\\xFFA", "", "null");
    }

    @Test
    void keeps_days_and_times_and_rejects_infinity() {
        assertThat(
                        landed(
                                "date",
                                "'2026-11-21'",
                                "'0044-03-15 BC'",
                                "'infinity'",
                                "'12026-01-01'",
                                "'-infinity'",
                                "null"))
                .containsExactly("DATE", "2026-11-21", "0044-03-15 (BC)", "12026-01-01", "null");
        assertThat(rejected())
                .containsExactly(
                        "3|v|text of 8 characters|infinity fits no DATE",
                        "5|v|text of 9 characters|-infinity fits no DATE");
        assertThat(landed("time", "'23:59:59.999999'", "'00:00'", "'24:00:00'"))
                .containsExactly("TIME", "23:59:59.999999", "00:00:00");
    }

    @Test
    void keeps_microseconds_and_rejects_what_is_too_late() {
        assertThat(
                        landed(
                                "timestamp",
                                "'2026-11-21 10:00:00.123456'",
                                "'1969-12-31 23:59:59.999999'",
                                "'4713-01-01 00:00:00 BC'",
                                "'294276-12-31 23:59:59'",
                                "'infinity'",
                                "'9999-12-31 23:59:59.999999'"))
                .containsExactly(
                        "TIMESTAMP",
                        "2026-11-21 10:00:00.123456",
                        "1969-12-31 23:59:59.999999",
                        "4713-01-01 (BC) 00:00:00",
                        "9999-12-31 23:59:59.999999");
        assertThat(rejected())
                .containsExactly(
                        "4|v|text of 11 characters|it is later than any TIMESTAMP, which ends in 294247",
                        "5|v|text of 8 characters|infinity fits no TIMESTAMP");
    }

    @Test
    void keeps_instants_whatever_zone_the_server_is_in() {
        assertThat(landed("timestamptz", "'2026-11-21 10:00:00.5+02'", "'-infinity'"))
                .containsExactly("TIMESTAMP WITH TIME ZONE", "2026-11-21 08:00:00.5+00");
        assertThat(landed("timetz", "'10:00:00+02'")).containsExactly("VARCHAR", "10:00:00+02");
        assertThat(landed("interval", "'1 year 2 days 03:04:05.6'", "'-1 month'"))
                .containsExactly("VARCHAR", "1 year 2 days 03:04:05.6", "-1 mons");
    }

    @Test
    void keeps_what_only_postgresql_has_as_its_text() {
        assertThat(landed("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "null"))
                .containsExactly("UUID", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "null");
        assertThat(landed("jsonb", "'{\"b\": [1, null], \"a\": \"ż\"}'", "'null'", "null"))
                .containsExactly("VARCHAR", "{\"a\": \"ż\", \"b\": [1, null]}", "null", "null");
        assertThat(landed("json", "'{\"b\":  1}'")).containsExactly("VARCHAR", "{\"b\":  1}");
        assertThat(landed("mood", "'happy'", "null")).containsExactly("VARCHAR", "happy", "null");
        assertThat(landed("money", "'12.34'", "'-92233720368547758.08'"))
                .containsExactly("DECIMAL(19,2)", "12.34", "-92233720368547758.08");
        assertThat(landed("inet", "'10.1.0.0/16'", "'::1'", "'10.0.0.1/32'"))
                .containsExactly("VARCHAR", "10.1.0.0/16", "::1", "10.0.0.1");
        assertThat(landed("int4range", "'[1,5)'")).containsExactly("VARCHAR", "[1,5)");
        assertThat(landed("bit(3)", "B'101'")).containsExactly("VARCHAR", "101");
    }

    @Test
    void keeps_arrays_as_lists() {
        assertThat(landed("integer[]", "'{1,null,3}'", "'{}'", "null", "'{{1},{2}}'"))
                .containsExactly("INTEGER[]", "[1, NULL, 3]", "[]", "null");
        assertThat(rejected())
                .containsExactly("4|v|text of 8 characters|an array of 2 dimensions fits no list");
        assertThat(landed("text[]", "'{a,\"b c\"}'")).containsExactly("VARCHAR[]", "[a, b c]");
        assertThat(landed("numeric(10,2)[]", "'{1.50,NaN}'"))
                .containsExactly("VARCHAR[]", "[1.50, NaN]");
        assertThat(landed("inet[]", "'{::1,10.1.0.0/16,null}'"))
                .containsExactly("VARCHAR[]", "['::1', 10.1.0.0/16, NULL]");
        assertThat(landed("mood[]", "'{ok,sad}'")).containsExactly("VARCHAR[]", "[ok, sad]");
        assertThat(landed("uuid[]", "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'"))
                .containsExactly("UUID[]", "[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11]");
        assertThat(landed("date[]", "'{2026-11-21}'", "'{infinity}'"))
                .containsExactly("DATE[]", "[2026-11-21]");
        assertThat(landed("timestamptz[]", "'{2026-11-21 10:00:00+02}'"))
                .containsExactly("TIMESTAMP WITH TIME ZONE[]", "['2026-11-21 08:00:00+00']");
        assertThat(landed("bigint[]", "'{9223372036854775807}'"))
                .containsExactly("BIGINT[]", "[9223372036854775807]");
        assertThat(landed("double precision[]", "'{0.1,NaN}'"))
                .containsExactly("DOUBLE[]", "[0.1, nan]");
        assertThat(landed("boolean[]", "'{t,f}'")).containsExactly("BOOLEAN[]", "[true, false]");
    }
}
