package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Verified;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Types, modes and failures against a real server, by a driver that Maven fetches.
class MariaDbTest extends InYard {
    @AutoClose private static final MariaDb server = MariaDb.start();
    private int tables;

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
        server.sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, updated_at timestamp(6) null)\
                """);
    }

    private static SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return source("shop.orders", mode, more, key);
    }

    private static SourceTable source(
            String name, Mode mode, Map<String, Object> more, String... key) {
        return Sources.of(
                name,
                new LoadSpec.Outside(
                        SystemKind.JDBC,
                        Sources.settings(SystemKind.JDBC, server, more),
                        mode,
                        List.of(key),
                        RejectLimit.NONE));
    }

    private List<String> rows() {
        return yard.sql("select id, qty from shop.orders order by id");
    }

    private static void insert(int id, int qty, String updatedAt) {
        server.sql("insert into orders values (%d, %d, '%s')".formatted(id, qty, updatedAt));
    }

    /// Makes a table of one column, loads it and says what it became.
    private List<String> become(String type, String... values) {
        server.sql(
                "drop table if exists one; create table one (id int primary key auto_increment, v "
                        + type
                        + " null)");
        for (String value : values) {
            server.sql("set sql_mode = ''; insert into one (v) values (" + value + ")");
        }
        tables++;
        String name = "shop.t" + tables;
        yard.load(source(name, Mode.REPLACE, Map.of("table", "one")));
        return yard.sql(
                "select typeof(v) || ' ' || coalesce(v::varchar, 'null') from %s order by id"
                        .formatted(name));
    }

    private List<String> refused() {
        return yard.sql("select reason from ade.rejected where column_name = 'v' order by line");
    }

    @Test
    void compares_what_is_published_with_what_is_there_now() {
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
        insert(1, 10, "2026-01-01 00:00:00.000001");
        insert(2, 20, "2026-01-01 00:00:00.5");
        insert(3, 30, "2026-01-02");
        yard.load(source);
        assertThat(yard.verify(source).isEqual()).isTrue();

        server.sql(
                "update orders set qty = 11, updated_at = updated_at where id = 1; delete from orders where id = 2");
        insert(4, 40, "2026-01-03");
        Verified found = yard.verify(source);

        assertThat(said(found)).isEqualTo("GONE 1 [id=2]\nCHANGED 1 [id=1] qty 1");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(3, 2, 0, 1));
    }

    @Test
    void keeps_every_digit_of_numbers() {
        assertThat(become("bigint unsigned", "18446744073709551615", "0", "null"))
                .containsExactly(
                        "DECIMAL(20,0) 18446744073709551615",
                        "DECIMAL(20,0) 0",
                        "DECIMAL(20,0) null");
        assertThat(become("bigint", "-9223372036854775808"))
                .containsExactly("BIGINT -9223372036854775808");
        assertThat(become("int unsigned zerofill", "4294967295"))
                .containsExactly("BIGINT 4294967295");
        assertThat(become("mediumint unsigned", "16777215")).containsExactly("INTEGER 16777215");
        assertThat(become("smallint unsigned", "65535")).containsExactly("INTEGER 65535");
        assertThat(become("tinyint unsigned", "255")).containsExactly("INTEGER 255");
        assertThat(become("tinyint(1)", "2", "-128")).containsExactly("INTEGER 2", "INTEGER -128");
        assertThat(become("decimal(38,10)", "1234567890123456789012345678.0123456789"))
                .containsExactly("DECIMAL(38,10) 1234567890123456789012345678.0123456789");
        String digits = "-" + "9".repeat(35) + "." + "9".repeat(30);
        assertThat(become("decimal(65,30)", digits)).containsExactly("VARCHAR " + digits);
        assertThat(become("double", "1e-1 + 2e-1", "1.7976931348623157e308"))
                .containsExactly("DOUBLE 0.30000000000000004", "DOUBLE 1.7976931348623157e+308");
        assertThat(become("float", "16777215", "0.1"))
                .containsExactly("FLOAT 16777215.0", "FLOAT 0.1");
        assertThat(become("bit(1)", "b'1'", "b'0'"))
                .containsExactly("BOOLEAN true", "BOOLEAN false");
        assertThat(become("bit(12)", "b'100000000001'")).containsExactly("BIGINT 2049");
        assertThat(become("bit(64)", "b'" + "1".repeat(64) + "'"))
                .containsExactly("DECIMAL(20,0) 18446744073709551615");
        assertThat(become("year", "2026", "0")).containsExactly("INTEGER 2026", "INTEGER 0");
    }

    @Test
    void keeps_times_and_rejects_those_that_are_none() {
        assertThat(become("date", "'1000-01-01'", "'0000-00-00'", "'2026-02-00'", "'9999-12-31'"))
                .containsExactly("DATE 1000-01-01", "DATE 9999-12-31");
        assertThat(refused())
                .containsExactly("the zero date fits no DATE", "a date of no day fits no DATE");
        assertThat(become("datetime(6)", "'2026-03-29 02:30:00.000001'", "null"))
                .containsExactly("TIMESTAMP 2026-03-29 02:30:00.000001", "TIMESTAMP null");
        assertThat(become("datetime", "'2026-03-29 02:30:00'", "'0000-00-00'"))
                .containsExactly("TIMESTAMP 2026-03-29 02:30:00");
        assertThat(become("timestamp(6)", "'2026-03-29 02:30:00.000001'"))
                .containsExactly("TIMESTAMP WITH TIME ZONE 2026-03-28 17:30:00.000001+00");
        assertThat(
                        become(
                                "time(6)",
                                "'23:59:59.999999'",
                                "'24:00:00'",
                                "'-00:00:01'",
                                "'838:59:59'"))
                .containsExactly("TIME 23:59:59.999999");
        assertThat(refused())
                .contains("a time below 0 or of a day and more fits no TIME")
                .contains("the zero date fits no TIMESTAMP");
    }

    @Test
    void keeps_texts_bytes_and_shapes() {
        assertThat(become("enum('a', 'ö\uD83D\uDE00')", "'ö\uD83D\uDE00'", "'none'"))
                .containsExactly("VARCHAR ö\uD83D\uDE00", "VARCHAR ");
        assertThat(become("set('a', 'b', 'c')", "'c,a'", "''"))
                .containsExactly("VARCHAR a,c", "VARCHAR ");
        assertThat(become("json", "'{\"b\": 1.10, \"a\": 2}'"))
                .containsExactly("VARCHAR {\"b\": 1.10, \"a\": 2}");
        assertThat(become("varchar(10)", "'x  '")).containsExactly("VARCHAR x  ");
        assertThat(become("varbinary(4)", "x'00ff'")).containsExactly("BLOB \\x00\\xFF");
        assertThat(become("longblob", "x'00'")).containsExactly("BLOB \\x00");
        assertThat(become("uuid", "'123e4567-e89b-12d3-a456-426655440000'"))
                .containsExactly("UUID 123e4567-e89b-12d3-a456-426655440000");
        assertThat(become("inet6", "'2001:db8::1'")).containsExactly("VARCHAR 2001:db8::1");
        assertThat(
                        become(
                                "geometry",
                                "point(1e-1 + 2e-1, -1e-7)",
                                "st_geomfromtext('polygon((0 0,1 0,1 1.5,0 0))', 4326)",
                                "st_geomfromtext('geometrycollection(multipoint(1 2,3 4),multipolygon(((0 0,1 0,1 1,0 0))),linestring(1 1,2 2),multilinestring((1 1,2 2)))')",
                                "null"))
                .containsExactly(
                        "VARCHAR POINT(0.30000000000000004 -0.0000001)",
                        "VARCHAR SRID=4326;POLYGON((0 0,1 0,1 1.5,0 0))",
                        "VARCHAR GEOMETRYCOLLECTION(MULTIPOINT(1 2,3 4),MULTIPOLYGON(((0 0,1 0,1 1,0 0))),LINESTRING(1 1,2 2),MULTILINESTRING((1 1,2 2)))",
                        "VARCHAR null");
    }

    @Test
    void appends_and_merges_what_a_cursor_tells_to_be_new() {
        SourceTable appended = source(Mode.APPEND, Map.of("cursor", "id"));
        insert(1, 10, "2026-01-01");
        yard.load(appended);
        assertThat(yard.look(appended).isEmpty()).isTrue();
        insert(2, 20, "2026-01-01");
        assertThat(yard.look(appended).news()).contains("the largest id is another");
        assertThat(yard.load(appended).read()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|10", "2|20");
    }

    @Test
    void reads_no_more_rows_at_once_than_it_may() {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "updated_at", "rows_per_run", 2));
        insert(1, 10, "2026-01-01 10:00:00.000003");
        insert(2, 20, "2026-01-01 10:00:00.000001");
        insert(3, 30, "2026-01-01 10:00:00.000002");
        insert(4, 40, "2026-01-01 10:00:00.000002");

        assertThat(yard.load(source).drift())
                .containsExactly("more rows wait at the source, as rows_per_run is 2: run again");
        assertThat(rows()).containsExactly("2|20", "3|30", "4|40");
        assertThat(yard.load(source).drift()).isEmpty();
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30", "4|40");
    }

    @Test
    void merges_to_the_microsecond_with_an_overlap() {
        SourceTable merged =
                source(Mode.MERGE, Map.of("cursor", "updated_at", "overlap", "1 hour"), "id");
        insert(1, 10, "2026-01-01 10:00:00.000001");
        insert(2, 20, "2026-01-01 11:00:00.000001");
        yard.load(merged);
        assertThat(yard.look(merged).isEmpty()).isTrue();

        insert(3, 30, "2026-01-01 10:00:00.000001");
        insert(4, 40, "2026-01-01 10:00:00");
        server.sql(
                "update orders set qty = 11, updated_at = '2026-01-01 11:00:00.000002' where id = 1");
        Loaded more = yard.load(merged);

        assertThat(more.read()).isEqualTo(3);
        assertThat(rows()).containsExactly("1|11", "2|20", "3|30");
    }

    @Test
    void reads_a_large_table_in_parts_from_one_snapshot() {
        server.sql(
                """
                insert into orders select cast(seq as signed) * 7 - 500000, 1, null from seq_1_to_250000;
                delete from orders where id % 5 = 0\
                """);
        Loaded loaded = yard.load(source(Mode.REPLACE, Map.of("connections", 2)));

        assertThat(loaded.landed()).isEqualTo(200_000);
        assertThat(
                        yard.sql(
                                "select count(distinct id), sum(id), count(distinct _source) from shop.orders"))
                .containsExactly("200000|75000000000|4");
    }

    @Test
    void stops_the_server_where_the_rows_are_wanted_no_more() {
        String sleepers =
                "select count(*) from information_schema.processlist where state = 'User sleep'";
        yard.progress(Stopping.once(() -> server.sql(sleepers).equals("1")));
        assertThatThrownBy(() ->
                        yard.load(
                                source(
                                        Mode.REPLACE,
                                        Map.of("query", "select 1 as id, sleep(600) as qty"))))
                .hasMessage("Cancelled");
        assertThat(server.sql(sleepers)).isEqualTo("0");
    }

    @Test
    void says_what_is_wrong() throws IOException {
        yard.environment("WRONG", "s3cret");
        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of("password", "${WRONG}"))))
                .hasMessageContaining("it does not let user 'owner' in")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of("table", "none"))))
                .hasMessageContaining("Table 'shop.none' doesn't exist");
        assertThatThrownBy(() ->
                        yard.load(
                                source(Mode.REPLACE, Map.of("jdbc", "jdbc:mysql://127.0.0.1:1/x"))))
                .hasMessageContaining(
                        "Cannot load shop.orders from jdbc:mysql://127.0.0.1:1/x: it does not answer");
        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of("jdbc", "jdbc:what:ever"))))
                .hasMessageContaining("No suitable driver");
        assertThat(yard.staged()).isEmpty();
    }
}
