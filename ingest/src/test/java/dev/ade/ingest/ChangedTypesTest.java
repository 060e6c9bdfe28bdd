package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A value is the same whether a query, a snapshot or the log brought it.
class ChangedTypesTest extends InYard {
    private static final List<String> TYPES =
            List.of(
                    "smallint",
                    "integer",
                    "bigint",
                    "oid",
                    "real",
                    "double precision",
                    "boolean",
                    "numeric(10,2)",
                    "numeric(38,10)",
                    "numeric",
                    "numeric(40,2)",
                    "numeric(3,-2)",
                    "numeric(2,4)",
                    "money",
                    "text",
                    "varchar(20)",
                    "char(5)",
                    "bytea",
                    "uuid",
                    "date",
                    "timestamp",
                    "timestamptz",
                    "timestamp(0)",
                    "time",
                    "timetz",
                    "interval",
                    "json",
                    "jsonb",
                    "inet",
                    "inet[]",
                    "cidr",
                    "macaddr",
                    "bit(3)",
                    "bit varying",
                    "int4range",
                    "point",
                    "box",
                    "tsvector",
                    "xml",
                    "mood",
                    "price",
                    "label",
                    "integer[]",
                    "text[]",
                    "date[]",
                    "timestamptz[]",
                    "numeric(10,2)[]",
                    "mood[]",
                    "box[]",
                    "boolean[]",
                    "bytea[]",
                    "double precision[]",
                    "pair");

    @AutoClose private static final Postgres postgres = Postgres.start("wal_level=logical");

    @BeforeAll
    static void define() {
        postgres.sql(
                """
                create type mood as enum ('sad', 'ok', 'happy');
                create domain price as numeric(8,3) check (value >= 0);
                create domain label as varchar(10);
                create type pair as (a int, b text);
                """);
    }

    @BeforeEach
    void connect() {
        String columns =
                IntStream.range(0, TYPES.size())
                        .mapToObj(i -> "c%d %s".formatted(i, TYPES.get(i)))
                        .collect(Collectors.joining(", "));
        postgres.sql(
                "drop table if exists t; create table t (k int primary key, g int generated always as (k * 2) stored, %s)"
                        .formatted(columns));
    }

    private SourceTable source(SystemKind kind, String name) throws IOException {
        yard.connect(kind == SystemKind.JDBC ? Yard.databases() : yard.followers());
        return Sources.of(
                name,
                new LoadSpec.Outside(
                        kind,
                        Sources.settings(kind, postgres, Map.of("table", "public.t")),
                        kind.mode(),
                        List.of(),
                        RejectLimit.NONE));
    }

    /// As the engine's texts.
    private List<String> of(String table) {
        return yard.sql(
                "select columns(* exclude (_batch_id, _loaded_at, _source))::varchar from %s order by k"
                        .formatted(table));
    }

    private List<String> types(String table) {
        return yard.sql("select column_name, column_type from (describe %s)".formatted(table));
    }

    private void insert(int key, String... values) {
        StringBuilder names = new StringBuilder("k");
        StringBuilder all = new StringBuilder(String.valueOf(key));
        for (int i = 0; i < values.length; i += 2) {
            names.append(", c").append(TYPES.indexOf(values[i]));
            all.append(", ").append(values[i + 1]);
        }
        postgres.sql("insert into t (%s) values (%s)".formatted(names, all));
    }

    private void fill() {
        insert(1);
        insert(
                2,
                "smallint",
                "-32768",
                "integer",
                "2147483647",
                "bigint",
                "-9223372036854775808",
                "oid",
                "4294967295",
                "real",
                "1.1",
                "double precision",
                "1e-300",
                "boolean",
                "true",
                "numeric(10,2)",
                "-1.50",
                "numeric(38,10)",
                "1234567890123456789012345678.0123456789",
                "numeric",
                "1e60",
                "numeric(40,2)",
                "1e37",
                "numeric(3,-2)",
                "12345",
                "numeric(2,4)",
                "0.0012",
                "money",
                "'-1234567.89'",
                "text",
                "E'a\\nb\\t\\\\ \"q\" é 𝄞'",
                "varchar(20)",
                "''",
                "char(5)",
                "'ab'",
                "bytea",
                "'\\x00ff10'",
                "uuid",
                "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                "date",
                "'0044-03-15 BC'",
                "timestamp",
                "'0044-03-15 12:34:56.789012 BC'",
                "timestamptz",
                "'2026-11-21 10:00:00.000001+02'",
                "timestamp(0)",
                "'12026-01-01 00:00:00'",
                "time",
                "'23:59:59.999999'",
                "timetz",
                "'12:00:00+05:30'",
                "interval",
                "'1 year 2 mons -3 days 04:05:06.7'");
        insert(
                3,
                "json",
                "'{\"a\" :  1}'",
                "jsonb",
                "'{\"b\": [1, 2]}'",
                "inet",
                "'10.0.0.1/8'",
                "cidr",
                "'10.0.0.0/8'",
                "macaddr",
                "'08:00:2b:01:02:03'",
                "bit(3)",
                "B'101'",
                "bit varying",
                "B'10101'",
                "int4range",
                "'[1,5)'",
                "point",
                "'(1.5,2)'",
                "box",
                "'(2,2),(0,0)'",
                "tsvector",
                "'a fat cat'",
                "xml",
                "'<a>1</a>'",
                "mood",
                "'happy'",
                "price",
                "12.5",
                "label",
                "'x'",
                "integer[]",
                "'{1,NULL,3}'",
                "text[]",
                "array['a,b', 'c\"d', '', null, 'NULL', E'e\\\\f', '{g}', ' h ']",
                "date[]",
                "'{2026-01-01,0001-01-01 BC}'",
                "timestamptz[]",
                "'{\"2026-01-01 00:00:00+01\"}'",
                "numeric(10,2)[]",
                "'{1.50,NaN}'",
                "mood[]",
                "'{sad,ok}'",
                "box[]",
                "'{(1,1),(0,0);(3,3),(2,2)}'",
                "boolean[]",
                "'{t,f,NULL}'",
                "bytea[]",
                "array['\\x01'::bytea, '\\x']",
                "double precision[]",
                "'{1.5,NaN,-Infinity}'",
                "pair",
                "row(1, 'x y')");
        insert(
                4,
                "real",
                "'NaN'",
                "double precision",
                "'-Infinity'",
                "numeric",
                "'NaN'",
                "date",
                "'9999-12-31'",
                "timestamp",
                "'294246-12-31 23:59:59.999999'",
                "timestamptz",
                "'4713-01-01 00:00:00+00 BC'",
                "integer[]",
                "'{}'",
                "text[]",
                "'[0:1]={a,b}'",
                "money",
                "92233720368547758.07",
                "time",
                "'00:00'",
                "integer",
                "0");
        insert(5, "date", "'infinity'");
        insert(6, "timestamptz", "'-infinity'");
        insert(7, "numeric(10,2)", "'NaN'");
        insert(8, "time", "'24:00:00'");
        insert(9, "integer[]", "'{{1,2},{3,4}}'");
        insert(10, "timestamp", "'294276-12-31'");
        insert(11, "date[]", "'{infinity}'");
        insert(12, "inet", "'::1/128'", "inet[]", "'{10.0.0.1,10.0.0.1/8,NULL}'");
    }

    @Test
    void brings_the_values_that_a_query_brings() throws IOException {
        SourceTable followed = source(SystemKind.CDC, "shop.log");
        yard.load(followed);
        fill();
        Loaded changes = yard.load(followed);
        yard.load(source(SystemKind.CDC, "shop.snapshot"));
        yard.load(source(SystemKind.JDBC, "shop.query"));

        List<String> query =
                yard.sql(
                        "select columns(* exclude (g, _batch_id, _loaded_at, _source))::varchar from shop.query order by k");
        assertThat(query).hasSize(5);
        assertThat(of("shop.snapshot")).isEqualTo(query);
        assertThat(of("shop.log")).isEqualTo(query);
        assertThat(types("shop.log")).isEqualTo(types("shop.snapshot"));
        assertThat(changes.rejected()).isEqualTo(7);
        String rejects =
                "select column_name, value_class, reason from ade.rejected where dataset = '%s' order by all";
        assertThat(yard.sql(rejects.formatted("shop.log")))
                .isEqualTo(yard.sql(rejects.formatted("shop.query")));
    }

    @Test
    void takes_a_row_out_that_changed_to_what_no_type_holds() throws IOException {
        insert(1, "date", "'2026-01-01'", "text", "'a'");
        SourceTable followed = source(SystemKind.CDC, "shop.log");
        yard.load(followed);

        postgres.sql("update t set c%d = 'infinity'".formatted(TYPES.indexOf("date")));
        Loaded refused = yard.load(followed);
        assertThat(refused.rejected()).isEqualTo(1);
        assertThat(of("shop.log")).isEmpty();

        postgres.sql("update t set c%d = '2026-01-02'".formatted(TYPES.indexOf("date")));
        yard.load(followed);
        assertThat(of("shop.log")).hasSize(1);
    }
}
