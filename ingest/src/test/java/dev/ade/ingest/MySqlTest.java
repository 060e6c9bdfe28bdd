package dev.ade.ingest;

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
        server.sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, note text);
                insert into orders values (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c');
                """);
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

        assertThat(VerifyTest.said(found)).isEqualTo("CHANGED 1 [id=1] qty 1");
    }
}
