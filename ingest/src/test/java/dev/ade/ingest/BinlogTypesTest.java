package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A value is the same whether a query, a snapshot or the binary log brought it.
class BinlogTypesTest extends InYard {
    @AutoClose private static final MariaDb server = MariaDb.start("binlog-row-metadata=FULL");

    /// Types, each with values.
    private static final Map<String, List<String>> TYPES = new LinkedHashMap<>();

    private static void type(String type, String... values) {
        TYPES.put(type, List.of(values));
    }

    @BeforeAll
    static void define() {
        numbers();
        times();
        texts();
        others();
    }

    private static void numbers() {
        type("tinyint", "-128", "127");
        type("tinyint unsigned", "255", "0");
        type("tinyint(1)", "1", "2");
        type("smallint", "-32768");
        type("smallint unsigned", "65535");
        type("mediumint", "-8388608", "8388607");
        type("mediumint unsigned", "16777215");
        type("int", "-2147483648");
        type("int unsigned", "4294967295");
        type("int(5) zerofill", "42", "4294967295");
        type("bigint", "-9223372036854775808");
        type("bigint unsigned", "18446744073709551615", "1");
        type("decimal(10,2)", "-1.50", "0.01", "99999999.99", "0");
        type("decimal(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001");
        type("decimal(65,30)", "-" + "9".repeat(35) + "." + "9".repeat(30), "0.5");
        type("decimal(9,9)", "0.123456789", "-0.000000001");
        type("decimal(18,0) unsigned", "999999999999999999");
        type("float", "1.1", "16777215", "-0.0");
        type("double", "1e-300", "1.7976931348623157e308", "-0.1");
        type("float unsigned", "0.5");
        type("bit(1)", "b'1'", "b'0'");
        type("bit(12)", "b'100000000001'");
        type("bit(64)", "b'" + "1".repeat(64) + "'", "b'1'");
        type("year", "2026", "0", "1901");
        type("boolean", "true");
    }

    private static void times() {
        type("date", "'1000-01-01'", "'9999-12-31'", "'0000-00-00'", "'2026-02-00'");
        for (int i = 0; i <= 6; i++) {
            String digits = i == 0 ? "" : "." + "987654".substring(0, i);
            String type = i == 0 ? "" : "(" + i + ")";
            type(
                    "datetime" + type,
                    "'2026-03-29 02:30:01" + digits + "'",
                    "'0000-00-00'",
                    "'9999-12-31 23:59:59" + digits + "'");
            type(
                    "timestamp" + type + " null",
                    "'2026-03-29 02:30:01" + digits + "'",
                    "'0000-00-00'",
                    "'2038-01-19 03:14:07" + digits + "'");
            type(
                    "time" + type,
                    "'23:59:59" + digits + "'",
                    "'00:00:00'",
                    "'-00:00:01" + digits + "'",
                    "'838:59:58" + digits + "'");
        }
    }

    private static void texts() {
        type("char(5)", "'ab'", "'a  '", "''");
        type("char(255)", "'é\uD83D\uDE00'");
        type("varchar(10)", "'x  '", "'é\uD83D\uDE00\\n\\\\'");
        type("varchar(300)", "repeat('ö', 300)");
        type("varchar(9) character set latin1", "'äß€'", "unhex('818D9F')");
        type("char(9) character set latin2", "'ąęł'");
        type("varchar(9) character set cp1251", "'жук'");
        type("varchar(9) character set ucs2", "'aж'");
        type("varchar(9) character set utf16", "'a\uD83D\uDE00'");
        type("varchar(9) character set utf32", "'a\uD83D\uDE00'");
        type("char(9) character set utf8mb3", "'aж'");
        type("varchar(9) collate utf8mb4_bin", "'aJ'");
        type("tinytext", "'t'");
        type("text", "repeat('text ', 100)");
        type("mediumtext", "repeat('x', 70000)");
        type("longtext character set latin1", "'ü'");
        type("json", "'{\"b\": 1.10, \"a\": [null, true]}'");
        type("enum('a', 'ö\uD83D\uDE00', 'it''s')", "'ö\uD83D\uDE00'", "'it''s'", "'none'");
        type("enum('ä', 'b') character set latin1", "'ä'");
        type("set('a', 'b', 'c')", "'c,a'", "''");
        type("set('x', 'ü') character set latin1", "'ü'");
    }

    private static void others() {
        type("binary(4)", "x'01'", "x'00ff0000'", "x'00000000'");
        type("varbinary(4)", "x'00ff00'", "''");
        type("varbinary(300)", "repeat(x'00', 299)");
        type("tinyblob", "x'00'");
        type("blob", "''", "repeat(x'ff', 1000)");
        type("longblob", "x'0102'");
        type(
                "uuid",
                "'123e4567-e89b-12d3-a456-426655440000'",
                "'f47ac10b-58cc-4372-a567-0e02b2c3d479'",
                "'018f2b1c-7a3b-7c00-8000-000000000000'",
                "'00000000-0000-0000-0000-000000000000'",
                "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
                "'6ba7b810-9dad-11d1-80b4-00c04fd43000'",
                "'123e4567-e89b-12d3-0456-426655440000'");
        type("inet6", "'2001:db8::1'", "'::'", "'::ffff:192.0.2.1'", "'2001:db8::'");
        type("inet4", "'192.0.2.1'", "'0.0.0.0'", "'10.0.0.0'");
        type(
                "geometry",
                "point(1e-1 + 2e-1, -1e-7)",
                "st_geomfromtext('polygon((0 0,1 0,1 1.5,0 0))', 4326)");
        type("point", "point(1, 2)");
        type("multipolygon", "st_geomfromtext('multipolygon(((0 0,1 0,1 1,0 0)))')");
    }

    private SourceTable source(SystemKind kind, String name) throws IOException {
        yard.connect(kind == SystemKind.JDBC ? Yard.databases() : yard.followers());
        return Sources.of(
                name,
                new LoadSpec.Outside(
                        kind,
                        Sources.settings(kind, server, Map.of("table", "t")),
                        kind.mode(),
                        List.of(),
                        RejectLimit.NONE));
    }

    /// A row for each value, with NULL in all other columns.
    private static void make() {
        StringBuilder columns = new StringBuilder();
        List<String> rows = new ArrayList<>();
        int column = 0;
        for (Map.Entry<String, List<String>> type : TYPES.entrySet()) {
            columns.append(", c").append(column).append(' ').append(type.getKey());
            for (String value : type.getValue()) {
                rows.add(
                        "insert into t (k, c%d) values (%d, %s);"
                                .formatted(column, rows.size() + 1, value));
            }
            column++;
        }
        server.sql(
                "set sql_mode = ''; drop table if exists t; create table t (k int primary key, g int as (k * 2) virtual, s int as (k * 3) stored, i int invisible default 7 %s)"
                        .formatted(columns));
        statements = "set sql_mode = ''; begin;\n" + String.join("\n", rows) + "\ncommit;";
    }

    private static String statements = "";

    /// As the engine's texts, behind the types.
    private List<String> of(String table) {
        List<String> rows =
                new ArrayList<>(
                        yard.sql(
                                "select column_name, column_type from (describe %s)"
                                        .formatted(table)));
        rows.addAll(
                yard.sql(
                        "select columns(* exclude (_batch_id, _loaded_at, _source))::varchar from %s order by k"
                                .formatted(table)));
        return rows;
    }

    @Test
    void brings_the_values_that_a_query_brings() throws IOException {
        make();
        SourceTable followed = source(SystemKind.CDC, "shop.log");
        yard.load(followed);
        server.sql(statements);
        Loaded changes = yard.load(followed);
        yard.load(source(SystemKind.CDC, "shop.snapshot"));
        Loaded query = yard.load(source(SystemKind.JDBC, "shop.query"));

        List<String> asked = of("shop.query");
        assertThat(asked).hasSizeGreaterThan(190);
        assertThat(of("shop.snapshot")).isEqualTo(asked);
        assertThat(of("shop.log")).isEqualTo(asked);
        assertThat(changes.rejected()).isEqualTo(query.rejected()).isGreaterThan(20);
        String rejects =
                "select column_name, value_class, reason from ade.rejected where dataset = '%s' order by all";
        assertThat(yard.sql(rejects.formatted("shop.log")))
                .isEqualTo(yard.sql(rejects.formatted("shop.query")));
    }
}
