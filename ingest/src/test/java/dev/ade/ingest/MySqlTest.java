package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Verified;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is other in MySQL than in MariaDB, against a real server where `.ci/mysql` put one.
class MySqlTest extends InFollowed {
    private static MariaDb server;

    @BeforeAll
    static void start() {
        assumeTrue(MariaDb.hasMySql(), "there is no MySQL: .ci/mysql");
        server = MariaDb.startMySql("binlog-row-metadata=FULL");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void make() {
        server.sql(ORDERS);
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(server, mode, more, key);
    }

    private static SourceTable asking(Map<String, Object> more, String... key) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        SystemKind.JDBC,
                        Sources.settings(SystemKind.JDBC, server, more),
                        Mode.REPLACE,
                        List.of(key),
                        RejectLimit.NONE));
    }

    private void ask(SourceTable source) throws IOException {
        yard.connect(Yard.databases());
        yard.load(source);
    }

    private List<String> rows() {
        return yard.sql("select id, qty, note from shop.orders order by id");
    }

    @Test
    void follows_what_changes() throws IOException {
        load(source());
        server.sql(
                """
                insert into orders values (4, 40, 'd'), (5, 50, 'e');
                update orders set qty = 11 where id = 1;
                delete from orders where id = 2;
                update orders set id = 33 where id = 3;
                start transaction; insert into orders values (9, 9, 'no'); rollback;
                """);
        Loaded more = load(source());

        assertThat(rows()).containsExactly("1|11|a", "4|40|d", "5|50|e", "33|30|c");
        assertThat(more.read()).isEqualTo(6);
        assertThat(yard.verify(source()).isEqual()).isTrue();
    }

    /// As many columns as leave bits free in the last byte of what says which are there.
    @Test
    void follows_every_type_as_it_is_asked_for() throws IOException {
        server.sql(
                """
                drop table orders;
                create table orders (id int unsigned primary key, b tinyint(1), u bigint unsigned, d decimal(20,4),
                    e decimal(60,3), f float, g double, h bit(1), i bit(12), j date, k datetime(6), l timestamp(3) null,
                    m time(2), y year, n varchar(40), o enum('x', 'y z'), p set('a', 'b'), r binary(4), s varbinary(300),
                    t mediumtext, v geometry, w char(5) character set latin1);
                insert into orders values (1, 1, 18446744073709551615, 1234567890123456.7891, -0.001, 1.5, 2.25, b'1',
                    b'101', '2024-02-29', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.123', '12:34:56.78', 2024,
                    'Ü 😀', 'y z', 'a,b', x'01020304', x'0a', repeat('ö', 70000), st_geomfromtext('point(1 2)'), 'é');
                """);
        load(source());
        server.sql("update orders set id = 2; insert into orders (id) values (3)");
        assertThat(load(source()).read()).isEqualTo(3);
        String all =
                """
                select * exclude (_batch_id, _loaded_at, _source) replace (hex(r) as r, hex(s) as s, hex(v) as v)
                from shop.orders order by id\
                """;
        List<String> followed = yard.sql(all);

        ask(asking(Map.of()));

        assertThat(followed).isEqualTo(yard.sql(all)).hasSize(2);
        assertThat(followed.getFirst())
                .startsWith(
                        "2|1|18446744073709551615|1234567890123456.7891|-0.001|1.5|2.25|true|5|");
    }

    /// Values of every kind, in objects and arrays with places of two bytes and of four.
    @Test
    void follows_json_as_it_is_asked_for() throws IOException {
        server.sql("drop table orders; create table orders (id int primary key, j json)");
        load(source());
        server.sql(
                """
                insert into orders values (1, '{"b": [1, -2, 40000, 70000, -70000, 5000000000, 18446744073709551615], "": {},
                    "a\\\\"\\\\\\\\\\\\n\\\\u0001\\\\u007f/": [true, false, null, "ü😀", []]}'),
                  (2, 'null'), (3, '"text"'), (4, '-1'), (5, null),
                  (6, json_object('d', date'2024-02-29', 't', time'-838:59:58.5', 'u', time'12:34:56',
                    'ts', timestamp'2024-02-29 12:34:56.000001', 'n', cast(-1234567890123.4500 as decimal(30, 4)),
                    'z', cast(0.05 as decimal(3, 2)), 'b', cast(repeat('x', 200) as binary), 'bit', b'1010')),
                  (7, json_array(repeat('long', 20000), 70000, -1, 40000, json_object('k', repeat('ö', 100)), true)),
                  (8, json_object(repeat('k', 300), repeat('v', 70000), 'i', 123456, 'n', json_array(json_array())));
                """);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String reals =
                Stream.concat(
                                Stream.of(
                                        0.0,
                                        -0.0,
                                        1e14,
                                        1e15,
                                        123456789012345.6,
                                        1e-14,
                                        1e-15,
                                        1e300,
                                        Double.MIN_VALUE),
                                Stream.generate(() ->
                                                random.nextBoolean()
                                                        ? random.nextGaussian()
                                                                * Math.pow(
                                                                        10, random.nextInt(-30, 30))
                                                        : Double.longBitsToDouble(
                                                                random.nextLong()))
                                        .filter(Double::isFinite)
                                        .limit(2_000))
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        server.sql("insert into orders values (9, '[%s]')".formatted(reals));
        load(source());
        String all = "select id, j from shop.orders order by id";
        List<String> followed = yard.sql(all);

        ask(asking(Map.of()));

        assertThat(followed).as("seed %d", seed).isEqualTo(yard.sql(all)).hasSize(9);
        assertThat(followed.get(2)).isEqualTo("3|\"text\"");
    }

    @Test
    void follows_transactions_that_are_compressed() throws IOException {
        server.sql("alter table orders modify note longtext");
        load(source());
        server.sql(
                """
                set session binlog_transaction_compression = on;
                begin; update orders set qty = 11 where id = 1; delete from orders where id = 2; commit;
                insert into orders select id + 10, qty, repeat(note, 200) from orders;
                set session binlog_transaction_compression_level_zstd = 22;
                begin; insert into orders values (4, 4, repeat('x', 100000)); insert into orders values (5, 5, 'e'); commit;
                set session binlog_transaction_compression = off;
                update orders set note = 'f' where id = 5;
                """);

        assertThat(load(source()).read()).isEqualTo(7);
        assertThat(
                        yard.sql(
                                "select id, qty, left(note, 2), length(note) from shop.orders order by id"))
                .containsExactly(
                        "1|11|a|1",
                        "3|30|c|1",
                        "4|4|xx|100000",
                        "5|5|f|1",
                        "11|11|aa|200",
                        "13|30|cc|200");
    }

    @Test
    void reads_all_again_where_only_parts_of_values_were_logged() throws IOException {
        server.sql(
                """
                drop table orders; create table orders (id int primary key, j json);
                create table if not exists others (id int primary key, j json);
                insert into orders values (1, '{"a": 1, "b": "text"}'); replace into others values (1, '{"a": 1}');
                """);
        load(source());
        server.sql(
                """
                set session binlog_row_value_options = 'PARTIAL_JSON';
                update others set j = json_set(j, '$.a', 2);
                """);
        assertThat(load(source()).drift()).isEmpty();

        server.sql(
                """
                set session binlog_row_value_options = 'PARTIAL_JSON';
                update orders set j = json_set(j, '$.a', 2);
                """);
        assertThat(load(source()).drift().toString()).contains("parts of values");
        assertThat(yard.sql("select j from shop.orders"))
                .containsExactly("{\"a\": 2, \"b\": \"text\"}");
    }

    @Test
    void says_that_the_driver_does_not_know_a_type() throws IOException {
        server.sql(
                "drop table orders; create table orders (id int primary key, v vector(2)); insert into orders (id) values (1)");

        fails(() -> load(source()), "does not know the type of a column", "query:");
        fails(() -> ask(asking(Map.of())), "does not know the type of a column", "query:");
    }

    @Test
    void says_which_privilege_is_missing_to_begin() {
        server.sql(
                """
                create user if not exists reader@'%' identified by 'correct-horse';
                grant select on shop.* to reader@'%';
                grant replication slave, replication client on *.* to reader@'%';
                """);

        fails(
                () -> load(source(Mode.MERGE, Map.of("user", "reader"))),
                "without TLS",
                "allowPublicKeyRetrieval");
        Map<String, Object> trusting =
                Map.of("sslMode", "disable", "allowPublicKeyRetrieval", "true");
        fails(
                () -> load(source(Mode.MERGE, Map.of("user", "reader", "properties", trusting))),
                "user 'reader' may not lock orders",
                "grant lock tables");
    }

    @Test
    void says_how_a_certificate_of_its_own_making_is_trusted(@TempDir Path folder)
            throws IOException {
        fails(
                () -> ask(asking(Map.of("properties", Map.of()))),
                "nobody known signed the server's certificate",
                "serverSslCert");

        Path authority = Files.copy(server.file("ca.pem"), folder.resolve("ca.pem"));
        Map<String, Object> trusted =
                Map.of(
                        "properties",
                        Map.of("sslMode", "verify-ca", "serverSslCert", authority.toString()));
        ask(asking(trusted));
        load(source(Mode.MERGE, trusted));
        server.sql("update orders set qty = 12 where id = 1");
        load(source(Mode.MERGE, trusted));
        assertThat(rows()).contains("1|12|a");
    }

    @Test
    void compares_row_by_row_where_it_makes_no_checksums() throws IOException {
        SourceTable source = asking(Map.of(), "id");
        ask(source);
        server.sql("update orders set qty = 12 where id = 1");

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(said(found)).isEqualTo("CHANGED 1 [id=1] qty 1");
    }
}
