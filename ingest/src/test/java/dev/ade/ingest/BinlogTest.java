package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.jdbc.Drivers;
import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.ingest.jdbc.TableAddress;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a table of MariaDB that is followed, against a real server.
class BinlogTest extends InFollowed {
    @AutoClose private static final MariaDb server = MariaDb.start("binlog-row-metadata=FULL");

    @BeforeEach
    void make() {
        server.sql(ORDERS);
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(server, mode, more, key);
    }

    private List<String> rows() {
        return yard.sql("select id, qty, note from shop.orders order by id");
    }

    @Test
    void begins_with_what_is_there_and_goes_on_with_what_is_committed() throws IOException {
        load(source());
        assertThat(rows()).containsExactly("1|10|a", "2|20|b", "3|30|c");
        assertThat(yard.look(source()).isEmpty()).isTrue();

        server.sql(
                """
                insert into orders values (4, 40, 'd'), (5, 50, 'e');
                update orders set qty = 11 where id = 1;
                update orders set qty = 12 where id = 1;
                delete from orders where id = 2;
                update orders set id = 33 where id = 3;
                delete from orders where id = 5;
                """);
        assertThat(yard.look(source()).news()).contains("the table changed");
        Loaded more = load(source());

        assertThat(rows()).containsExactly("1|12|a", "4|40|d", "33|30|c");
        assertThat(yard.verify(source()).isEqual()).isTrue();
        assertThat(more.read()).isEqualTo(8);
        assertThat(more.drift()).isEmpty();
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void says_before_a_load_how_the_columns_differ() throws IOException {
        SourceTable history = Sources.of("shop.history", source(Mode.APPEND, Map.of()).load());
        load(source());
        load(history);
        assertThat(yard.drift(history)).isEmpty();
        server.sql("alter table orders drop qty, add region text");
        server.sql("insert into orders values (4, 'd', 'south')");

        List<String> expected =
                List.of(
                        "new column 'region' (varchar) in the source",
                        "column 'qty' is not in the source");
        assertThat(yard.drift(source())).isEqualTo(expected);
        assertThat(yard.drift(history)).isEqualTo(expected);
    }

    @Test
    void sees_nothing_new_where_other_tables_changed() throws IOException {
        load(source());
        server.sql(
                "create table if not exists others (id int primary key); insert into others values (1); drop table others");

        assertThat(yard.look(source()).isEmpty()).isTrue();
        assertThat(load(source()).read()).isZero();
        assertThat(rows()).hasSize(3);
    }

    @Test
    void moves_on_with_the_files_of_the_log_before_they_are_gone() throws IOException {
        load(source());
        server.sql("flush binary logs");

        assertThat(yard.look(source()).news())
                .contains("the database began another file of its log");
        assertThat(load(source()).read()).isZero();
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void takes_no_part_of_what_was_taken_back() throws IOException {
        load(source());
        server.sql(
                """
                begin; insert into orders values (4, 40, 'd'); rollback;
                begin; insert into orders values (5, 50, 'e'); savepoint s; insert into orders values (6, 60, 'f');
                rollback to s; commit;
                """);
        Loaded more = load(source());

        assertThat(rows()).containsExactly("1|10|a", "2|20|b", "3|30|c", "5|50|e");
        assertThat(more.read()).isEqualTo(1);
        assertThat(more.drift()).isEmpty();
    }

    @Test
    void empties_what_is_truncated() throws IOException {
        load(source());

        server.sql(
                """
                insert into orders values (4, 40, 'd');
                truncate /* really */ table `shop`.orders;
                insert into orders values (1, 1, 'new'), (5, 50, 'e');
                """);
        load(source());
        assertThat(rows()).containsExactly("1|1|new", "5|50|e");

        server.sql("truncate orders");
        assertThat(yard.look(source()).news()).contains("the table changed");
        load(source());
        assertThat(rows()).isEmpty();
    }

    @Test
    void follows_columns_that_come_and_go() throws IOException {
        load(source());

        server.sql(
                """
                update orders set qty = 11 where id = 1;
                alter table orders add column colour varchar(10) first, drop column note;
                update orders set colour = 'blue' where id = 2;
                insert into orders values ('green', 4, 40);
                """);
        Loaded more = load(source());

        assertThat(yard.sql("select id, qty, colour from shop.orders order by id"))
                .containsExactly("1|11|null", "2|20|blue", "3|30|null", "4|40|green");
        assertThat(String.join("; ", more.drift()))
                .contains("colour", "note")
                .doesNotContain("read again");
    }

    @Test
    void takes_one_transaction_at_a_time_whatever_its_size() throws IOException {
        load(source());

        server.sql(
                """
                insert into orders select seq, seq, repeat('n', 1000) from seq_10_to_10009;
                begin;
                update orders set qty = qty + 1;
                delete from orders where id % 2 = 0;
                commit;
                begin;
                delete from orders;
                rollback;
                """);
        assertThat(yard.look(source()).news().orElse("")).contains("MB of log");
        Loaded more = load(source());

        assertThat(more.read()).isEqualTo(10_000 + 10_003 + 5_001);
        assertThat(yard.sql("select count(*), sum(qty)::bigint from shop.orders"))
                .containsExactly(
                        server.sql("select count(*), sum(qty) from orders")
                                .strip()
                                .replace('\t', '|'));
    }

    @Test
    void takes_values_that_fill_more_than_a_packet() throws IOException {
        load(source());
        server.sql("set global max_allowed_packet = 1073741824");
        server.sql(
                "insert into orders values (4, 40, 'x'); alter table orders modify note longtext");
        load(source());

        server.sql(
                "insert into orders values (5, 50, repeat('y', 17000000)); update orders set qty = 51 where id = 5");
        load(source());

        assertThat(
                        yard.sql(
                                "select id, qty, length(note) from shop.orders where id > 3 order by id"))
                .containsExactly("4|40|1", "5|51|17000000");
    }

    @Test
    void reads_what_is_compressed() throws IOException {
        load(source());
        server.sql("set global log_bin_compress = on, global log_bin_compress_min_len = 10");
        server.sql(
                """
                insert into orders select seq, seq, repeat('n', 1000) from seq_10_to_20;
                update orders set qty = 0 where id > 15;
                delete from orders where id = 20;
                alter table orders add column colour varchar(10), comment 'a comment that is long enough to be compressed';
                update orders set colour = 'red' where id = 1;
                """);
        server.sql("set global log_bin_compress = off");
        Loaded more = load(source());

        assertThat(more.drift()).noneMatch(said -> said.contains("read again"));
        assertThat(yard.sql("select count(*), sum(qty)::int, max(colour) from shop.orders"))
                .containsExactly("13|135|red");
    }

    @Test
    void goes_on_over_the_ends_of_files() throws IOException {
        load(source());
        for (int i = 4; i < 8; i++) {
            server.sql("insert into orders values (%d, 40, 'd'); flush binary logs".formatted(i));
        }
        assertThat(yard.look(source()).news()).contains("the table changed");
        Loaded more = load(source());

        assertThat(more.read()).isEqualTo(4);
        assertThat(more.drift()).isEmpty();
        assertThat(rows()).hasSize(7);
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void follows_a_table_by_a_key_that_is_declared() throws IOException {
        server.sql(
                "create or replace table bare (a int, b int); insert into bare values (1, 1), (2, 2)");
        SourceTable bare = source(Mode.MERGE, Map.of("table", "shop.bare"), "a");
        load(bare);
        server.sql("update bare set b = 3 where a = 1; update bare set a = 5 where a = 2");
        load(bare);

        assertThat(yard.sql("select a, b from shop.orders order by a"))
                .containsExactly("1|3", "5|2");

        server.sql("update bare set a = 6 - a");
        load(bare);
        assertThat(yard.sql("select a, b from shop.orders order by a"))
                .containsExactly("1|2", "5|3");
    }

    @Test
    void shows_all_tables_of_a_run_at_one_moment() throws IOException {
        server.sql("create or replace table positions (id bigint primary key)");
        SourceTable positions =
                Sources.of(
                        "shop.positions", source(Mode.MERGE, Map.of("table", "positions")).load());
        load(source());
        load(positions);
        server.sql("insert into orders values (4, 40, 'd')");
        load(source());
        // Behind the place up to which the run of the same instant reads.
        server.sql("insert into positions values (1)");
        yard.load(positions);

        assertThat(rows()).hasSize(4);
        assertThat(yard.sql("select * from shop.positions")).isEmpty();
    }

    @Test
    void keeps_every_change_of_a_table_whose_history_is_wanted() throws IOException {
        SourceTable log = source(Mode.APPEND, Map.of());
        load(log);

        server.sql(
                """
                begin; insert into orders values (4, 40, 'd'); update orders set id = 44 where id = 4; commit;
                delete from orders where id = 1;
                truncate orders;
                """);
        load(log);

        assertThat(
                        yard.sql(
                                "select _op, id, qty, _unsaid, _number from shop.orders order by _lsn, _number, _op desc, id"))
                .containsExactly(
                        "snapshot|1|10|[]|0",
                        "snapshot|2|20|[]|0",
                        "snapshot|3|30|[]|0",
                        "insert|4|40|[]|1",
                        "update_before|4|40|[]|2",
                        "update|44|40|[]|2",
                        "delete|1|10|[]|1",
                        "truncate|null|null|[]|1");
        assertThat(
                        yard.sql(
                                "select count(distinct _lsn), bool_and(_committed_at > '2026-01-01') from shop.orders where _op <> 'snapshot'"))
                .containsExactly("3|true");
    }

    /// As MySQL is read, which does not say what a snapshot shows.
    @Test
    void locks_a_table_for_the_moment_in_which_a_snapshot_begins() throws Exception {
        SourceTable source = source();
        LoadSpec.Outside load = (LoadSpec.Outside) source.load();
        Connector.Request request =
                new Connector.Request(source, load, Map.of(), Optional.empty(), Yard.NOW);
        TableAddress address =
                new TableAddress(
                        server.url() + "?sslMode=disable",
                        Map.of("user", MariaDb.USER, "password", MariaDb.PASSWORD),
                        List.of("orders"),
                        OptionalLong.empty(),
                        1);
        List<String> places = new ArrayList<>();
        MariaDatabase.EndOfLog end =
                session -> {
                    assertThatThrownBy(() ->
                                    server.sql(
                                            "set lock_wait_timeout = 0; insert into orders values (4, 40, 'd')"))
                            .hasMessageContaining("Lock wait timeout exceeded");
                    var row = session.row("show master status");
                    return row.get(0).orElseThrow() + " " + row.get(1).orElseThrow();
                };
        // While rows are staged another is written, which the snapshot does not show.
        Collected stage =
                new Collected(() ->
                        server.sql(
                                "set lock_wait_timeout = 0; insert into orders values (9, 90, 'later')"));

        long rows =
                new MariaDatabase(request, address, new Drivers(Yard.drivers()))
                        .read(
                                stage,
                                new MariaDatabase.Snapshot(
                                        Set.of("id", "qty"), Optional.of(end), places::add));

        assertThat(rows).isEqualTo(3);
        assertThat(stage.rows()).containsExactly(List.of(1L, 10), List.of(2L, 20), List.of(3L, 30));
        // The second is what MariaDB says itself.
        assertThat(places).hasSize(2).allMatch(place -> place.strip().equals(places.getFirst()));
        server.sql("set lock_wait_timeout = 0; insert into orders values (4, 40, 'd')");
    }
}
