package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can go wrong between MariaDB and those who follow it, and what is seen of it.
class LostBinlogTest extends InFollowed {
    @AutoClose private static final MariaDb server = MariaDb.start("binlog-row-metadata=FULL");

    @BeforeEach
    void make() {
        server.sql(
                """
                drop table if exists children, orders, parents;
                create table orders (id bigint primary key, qty int);
                insert into orders values (1, 10), (2, 20);
                """);
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(server, mode, more, key);
    }

    private List<String> rows() {
        return yard.sql("select id, qty from shop.orders order by id");
    }

    private void isReadAgain(Loaded loaded, String reason) {
        assertThat(loaded.drift())
                .anySatisfy(said ->
                        assertThat(said).startsWith("all rows were read again: ").contains(reason));
        assertThat(rows())
                .isEqualTo(
                        server.sql("select id, qty from orders order by id")
                                .lines()
                                .map(row -> row.replace('\t', '|'))
                                .toList());
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    /// Files are kept until the server has noted that it needs them no more.
    private static void purge() {
        server.sql("flush binary logs");
        for (int i = 0; i < 500 && server.sql("show binary logs").lines().count() > 1; i++) {
            server.sql(
                    "purge binary logs to '%s'"
                            .formatted(server.sql("show master status").split("\t")[0]));
        }
    }

    @Test
    void reads_all_again_where_the_log_is_gone() throws IOException {
        load(source());
        server.sql("delete from orders where id = 1; insert into orders values (3, 30)");
        purge();

        assertThat(yard.look(source()).news().orElse("")).contains("is gone from the server");
        isReadAgain(load(source()), "is gone from the server");
    }

    @Test
    void reads_all_again_where_the_logs_were_reset() throws IOException {
        server.sql("reset master");
        load(source());
        server.sql("insert into orders values (3, 30)");
        // Files of the same names, whose heads are of another second.
        server.sql(
                "set timestamp = 1700000000; reset master; set timestamp = default; insert into orders values (4, 40), (5, 50); delete from orders where id < 3; update orders set qty = 0");

        isReadAgain(load(source()), "is another log than was read");
    }

    /// What all statements do is tested by itself.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table orders; create table orders (id bigint primary key, qty int); insert into orders values (9, 90)",
                "alter table orders rename to parents; alter table parents modify qty bigint, rename to orders",
                "set session binlog_format = statement; insert into orders values (5, 50)",
                "set session binlog_row_image = minimal; update orders set qty = 12 where id = 1",
                "xa start 'a'; insert into orders values (5, 50); xa end 'a'; xa prepare 'a'; xa commit 'a'",
                "alter table orders drop primary key, add primary key (qty)",
            })
    void reads_all_again_where_rows_may_be_others(String statements) throws IOException {
        load(source());
        server.sql(statements);

        isReadAgain(load(source()), "");
        server.sql("delete from orders");
        load(source());
        assertThat(rows()).isEmpty();
    }

    @Test
    void goes_on_where_rows_stay_what_they_are() throws IOException {
        load(source());
        server.sql(
                """
                create table if not exists orders (id bigint);
                alter table orders add column more int default null, algorithm = instant;
                create temporary table orders (id int); insert into orders values (7); drop temporary table orders;
                analyze table orders; optimize table orders;
                create table parents as select * from orders; truncate parents; drop table parents;
                xa start 'b'; update orders set qty = 7; xa end 'b'; xa prepare 'b'; xa rollback 'b';
                create table parents (id int primary key) engine = myisam;
                xa start 'd'; update orders set qty = 8; xa end 'd'; xa commit 'd' one phase;
                begin; insert into parents values (1); update orders set qty = 9; rollback;
                create database if not exists other; create or replace table other.orders (id int); drop database other;
                alter table parents engine = innodb;
                xa start 'c'; insert into parents values (3); xa end 'c'; xa prepare 'c'; xa commit 'c';
                insert into orders (id, qty) values (3, 30);
                """);

        Loaded more = load(source());

        assertThat(more.drift()).noneMatch(said -> said.contains("read again"));
        assertThat(rows()).containsExactly("1|8", "2|8", "3|30");
    }

    @Test
    void keeps_the_history_where_the_log_is_gone() throws IOException {
        SourceTable log = source(Mode.APPEND, Map.of());
        load(log);
        server.sql("delete from orders where id = 1");
        load(log);
        purge();

        Loaded loaded = load(log);

        assertThat(loaded.drift()).singleElement().asString().contains("all rows were read again");
        assertThat(yard.sql("select _op, id from shop.orders order by _lsn, _number, id"))
                .containsExactly("snapshot|1", "snapshot|2", "delete|1", "snapshot|2");
    }

    @Test
    void goes_on_after_the_server_was_killed() throws IOException {
        load(source());
        server.sql("insert into orders values (3, 30)");
        server.kill();

        assertThat(yard.look(source()).news())
                .contains("the database could not be asked what is new");
        fails(() -> load(source()), "it does not answer", "Check that the database is up");
        server.restart();
        server.sql("insert into orders values (4, 40)");
        Loaded loaded = load(source());

        assertThat(loaded.drift()).isEmpty();
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30", "4|40");
    }

    @Test
    void fails_where_the_connection_is_lost_in_the_middle() throws IOException {
        LoadSpec.Outside load = (LoadSpec.Outside) source().load();
        Map<String, Object> settings = new HashMap<>(load.settings());
        settings.put("password", MariaDb.PASSWORD);
        Connector connector = yard.followers();
        Connector.Outcome all =
                connector.read(
                        new Connector.Request(source(), load, settings, Optional.empty(), Yard.NOW),
                        new Collected(() -> {}));
        // More than waits in a socket.
        server.sql(
                "alter table orders add note longtext; insert into orders select seq, seq, repeat('x', 10000) from seq_10_to_4000");
        Connector.Request more =
                new Connector.Request(
                        source(), load, settings, all.position(), Yard.NOW.plusSeconds(1));

        fails(
                () -> connector.read(more, new Collected(server::kill)),
                "the connection was lost",
                "Nothing was published. Run again when the database is up");
        server.restart();
        Collected again = new Collected(() -> {});
        connector.read(more, again);
        assertThat(again.rows()).hasSize(3_991);
    }

    @Test
    void says_what_is_missing() {
        server.sql(
                """
                create or replace user reader identified by 'correct-horse'; grant select on shop.* to reader;
                create or replace table bare (id int);
                create or replace table old (id int primary key) engine = myisam;
                create table parents (id int primary key);
                create table children (id int primary key, parent int,
                    foreign key (parent) references parents (id) on delete cascade);
                create or replace table packed (id int primary key, note text compressed);
                create or replace table kanji (id int primary key, note varchar(9) character set sjis);
                create or replace view seen as select * from orders;
                set global mysql56_temporal_format = off;
                """);
        // The setting is heeded from the next connection on.
        server.sql("create or replace table clock (id int primary key, at datetime)");
        String old = "column at is of type datetime of before MariaDB 10.1";
        fails(() -> load(source(Mode.MERGE, Map.of("table", "clock"))), old, "Read the table by");
        server.sql("set global mysql56_temporal_format = on");
        fails(() -> load(source(Mode.MERGE, Map.of("table", "clock"))), old, "Read the table by");
        SourceTable reader = source(Mode.MERGE, Map.of("user", "reader"));
        fails(
                () -> load(reader),
                "user 'reader' may not follow changes",
                "grant replication slave, replication client on *.* to reader");
        server.sql("grant binlog monitor on *.* to reader");
        assertThatThrownBy(() -> load(reader))
                .message()
                .endsWith("user 'reader' may not follow changes");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "none"))),
                "Table 'shop.none' doesn't exist",
                "Check table:");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "bare"))),
                "bare has no key by which a changed row is found again",
                "add key: [column, …]");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "old"))),
                "old has no transactions, as its engine is MyISAM",
                "alter table `old` engine = InnoDB");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "children"))),
                "foreign key children_ibfk_1 changes rows of children",
                "Read it by jdbc:");
        fails(
                () -> load(source(Mode.MERGE, Map.of(), "none")),
                "the key of shop.orders has column none, which a query does not give",
                "Correct key:");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "kanji"))),
                "column note has the character set sjis, whose values cannot be read out of the log",
                "Read the table by jdbc:");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "packed"))),
                "column note is of type text compressed, whose values cannot be read out of the log",
                "Read the table by jdbc:");
        fails(
                () -> load(source(Mode.MERGE, Map.of("table", "seen"))),
                "seen is no table whose changes are logged as they are",
                "neither a view");
        fails(
                () -> load(source(Mode.MERGE, Map.of("cdc", "jdbc:oracle:thin:@//h/x"))),
                "changes can be followed in PostgreSQL, MariaDB and MySQL only",
                "jdbc:mariadb:");
        fails(
                () -> load(source(Mode.MERGE, Map.of("publication", "p"))),
                "only PostgreSQL has publications",
                "Remove publication");
        fails(
                () -> load(source(Mode.MERGE, Map.of("cdc", "jdbc:mariadb://a,b/shop"))),
                "the address has to be that of one server",
                "jdbc:mariadb://host:port/database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "binlog_format MIXED ROW",
                "binlog_row_image MINIMAL FULL",
                "binlog_row_metadata NO_LOG FULL",
            })
    void says_which_setting_is_missing(String setting) {
        String[] words = setting.split(" ");
        server.sql("set global %s = '%s'".formatted(words[0], words[1]));
        try {
            fails(
                    () -> load(source()),
                    "%s of the server has to be %s, was %s".formatted(words[0], words[2], words[1]),
                    "set global %s = '%s'".formatted(words[0], words[2]));
        } finally {
            server.sql("set global %s = '%s'".formatted(words[0], words[2]));
        }
    }
}
