package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.ColumnSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.Postgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a table that is followed, against a real server.
class ChangesTest extends InFollowed {
    private static final String LARGE = "repeat(md5('x'), 1000)";

    @AutoClose
    private static final Postgres postgres =
            Postgres.start("wal_level=logical", "max_replication_slots=100", "max_wal_senders=20");

    @BeforeEach
    void make() {
        postgres.sql(
                """
                select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active;
                """
                        + ORDERS);
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(postgres, mode, more, key);
    }

    private List<String> rows() {
        return yard.sql("select id, qty, note from shop.orders order by id");
    }

    private static String slots() {
        return postgres.sql("select slot_name from pg_replication_slots");
    }

    @Test
    void begins_with_what_is_there_and_goes_on_with_what_is_committed() {
        yard.load(source());
        assertThat(rows()).containsExactly("1|10|a", "2|20|b", "3|30|c");
        assertThat(yard.look(source()).isEmpty()).isTrue();

        postgres.sql(
                """
                insert into orders values (4, 40, 'd'), (5, 50, 'e');
                update orders set qty = 11 where id = 1;
                update orders set qty = 12 where id = 1;
                delete from orders where id = 2;
                update orders set id = 33 where id = 3;
                delete from orders where id = 5;
                """);
        assertThat(yard.look(source()).news()).contains("the table changed");
        Loaded more = yard.load(source());

        assertThat(rows()).containsExactly("1|12|a", "4|40|d", "33|30|c");
        assertThat(more.read()).isEqualTo(8);
        assertThat(more.drift()).isEmpty();
        assertThat(yard.look(source()).isEmpty()).isTrue();
        assertThat(slots().lines()).hasSize(1);
    }

    @Test
    void a_full_refresh_gives_the_table_as_it_is() {
        yard.load(source());
        postgres.sql("delete from orders where id = 2; insert into orders values (4, 40, 'd')");

        yard.refresh(source());

        assertThat(rows()).containsExactly("1|10|a", "3|30|c", "4|40|d");
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void what_was_the_table_as_it_is_does_not_become_its_history() {
        yard.load(source());

        fails(
                () -> yard.load(source(Mode.APPEND, Map.of())),
                "mode: append keeps every change, and what is published under this name is the table as it was",
                "Give the history a name of its own");
        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("3");
    }

    /// The log that it was read from is gone.
    @Test
    void a_full_refresh_adds_a_snapshot_to_a_history() {
        SourceTable history = source(Mode.APPEND, Map.of());
        yard.load(history);
        postgres.sql("delete from orders where id = 2");
        yard.load(history);

        yard.refresh(history);

        assertThat(yard.sql("select _op, count(*) from shop.orders group by 1 order by 1"))
                .containsExactly("delete|1", "snapshot|5");
        postgres.sql("delete from orders where id = 1");
        assertThat(yard.load(history).read()).isEqualTo(1);
    }

    /// Of two rows, kept outside of them: the log says them only where they change.
    private void loadLargeNotes() {
        loadLargeNotes(source());
    }

    private void loadLargeNotes(SourceTable source) {
        postgres.sql(
                "alter table orders alter note set storage external; update orders set note = 'L1' || %s where id < 3"
                        .formatted(LARGE));
        yard.load(source);
    }

    @Test
    void keeps_large_values_that_a_change_does_not_say() {
        loadLargeNotes();

        postgres.sql(
                """
                update orders set qty = 11 where id = 1;
                update orders set note = 'L2' || %s where id = 2;
                update orders set qty = 21 where id = 2;
                insert into orders values (4, 40, 'L4' || %s);
                update orders set qty = 41 where id = 4;
                update orders set note = null where id = 3;
                update orders set qty = 31 where id = 3;
                """
                        .formatted(LARGE, LARGE));
        yard.load(source());

        assertThat(
                        yard.sql(
                                "select id, qty, left(note, 2), length(note) from shop.orders order by id"))
                .containsExactly(
                        "1|11|L1|32002", "2|21|L2|32002", "3|31|null|null", "4|41|L4|32002");
    }

    /// In the log it stands in that change only; what is stored is older.
    @Test
    void reads_all_again_where_a_large_value_came_in_a_change_that_does_not_fit() {
        postgres.sql("alter table orders add due date");
        loadLargeNotes();

        postgres.sql(
                """
                update orders set note = 'L2' || %s, due = 'infinity' where id = 1;
                update orders set due = '2026-01-01' where id = 1;
                """
                        .formatted(LARGE));
        Loaded more = yard.load(source());

        assertThat(yard.sql("select id, left(note, 2), due from shop.orders order by id"))
                .containsExactly("1|L2|2026-01-01", "2|L1|null", "3|c|null");
        assertThat(more.drift())
                .containsExactly(
                        "all rows were read again: 1 row changed that were not loaded before");
    }

    /// What it does not say is as it was, whether it fits or not.
    @Test
    void keeps_large_values_that_a_change_that_does_not_fit_does_not_say() {
        postgres.sql("alter table orders add due date");
        loadLargeNotes();

        postgres.sql(
                """
                update orders set due = 'infinity' where id = 1;
                update orders set due = '2026-01-01' where id = 1;
                delete from orders where id = 2;
                insert into orders values (2, 22, 'L3' || %s);
                update orders set qty = 23 where id = 2;
                """
                        .formatted(LARGE));
        Loaded more = yard.load(source());

        assertThat(yard.sql("select id, qty, left(note, 2), due from shop.orders order by id"))
                .containsExactly("1|10|L1|2026-01-01", "2|23|L3|null", "3|30|c|null");
        assertThat(more.drift()).isEmpty();
    }

    /// `orders`, of which a quantity may have a fraction or be none, which the declaration knows nothing of.
    private SourceTable counted() {
        return Sources.of(
                "shop.orders",
                source().load(),
                new ColumnSpec(
                        "qty",
                        Optional.of(Type.parse("integer")),
                        ColumnSpec.Nullability.NOT_NULL,
                        Optional.empty(),
                        ""));
    }

    @Test
    void a_row_that_changes_to_what_is_rejected_goes_and_comes_back_when_it_fits() {
        postgres.sql("alter table orders alter qty type numeric");
        yard.load(counted());

        postgres.sql(
                """
                update orders set qty = 1.5, note = 'paid' where id = 1;
                update orders set qty = null where id = 2;
                update orders set qty = 3.5 where id = 3;
                update orders set qty = 31 where id = 3;
                insert into orders values (4, 4.5, 'd'), (5, 50, 'e');
                """);
        Loaded more = yard.load(counted());

        assertThat(rows()).containsExactly("3|31|c", "5|50|e");
        assertThat(List.of(more.read(), more.landed(), more.rejected()))
                .containsExactly(6L, 2L, 4L);
        assertThat(
                        yard.sql(
                                "select column_name, count(distinct line) from ade.rejected group by 1"))
                .containsExactly("qty|4");

        postgres.sql("update orders set qty = 12 where id = 1; delete from orders where id = 2");
        yard.load(counted());
        assertThat(rows()).containsExactly("1|12|paid", "3|31|c", "5|50|e");
    }

    @Test
    void takes_no_large_value_of_before_a_change_that_is_rejected_with_another() {
        postgres.sql("alter table orders alter qty type numeric");
        loadLargeNotes(counted());

        postgres.sql(
                "update orders set qty = 1.5 where id = 1; update orders set qty = 11 where id = 1");
        assertThat(yard.load(counted()).drift()).isEmpty();
        assertThat(yard.sql("select id, qty, left(note, 2) from shop.orders order by id"))
                .containsExactly("1|11|L1", "2|20|L1", "3|30|c");

        postgres.sql(
                "update orders set qty = 2.5, note = 'L2' || %s where id = 2; update orders set qty = 21 where id = 2"
                        .formatted(LARGE));
        assertThat(yard.load(counted()).drift()).hasSize(1);
        assertThat(yard.sql("select id, qty, left(note, 2) from shop.orders order by id"))
                .containsExactly("1|11|L1", "2|21|L2", "3|30|c");
    }

    @Test
    void follows_columns_of_another_name_by_their_aliases() {
        loadLargeNotes();
        postgres.sql(
                """
                update orders set qty = 11 where id = 1;
                alter table orders rename note to remark;
                alter table orders rename id to number;
                update orders set qty = 21 where number = 2;
                insert into orders values (4, 40, 'd');
                """);
        SourceTable renamed = Sources.called(source(), "comment", "remark", "note");

        Loaded more = yard.load(Sources.called(renamed, "order_id", "number", "id"));

        assertThat(more.drift())
                .contains(
                        "column 'note' is called 'comment' from now on",
                        "column 'id' is called 'order_id' from now on");
        assertThat(yard.sql("select order_id, qty, length(comment) from shop.orders order by 1"))
                .containsExactly("1|11|32002", "2|21|32002", "3|30|1", "4|40|1");
    }

    @Test
    void reads_all_again_where_a_key_changes_without_its_large_value() {
        postgres.sql(
                "alter table orders alter note set storage external; update orders set note = repeat(md5('x'), 1000) where id = 1");
        yard.load(source());

        postgres.sql("update orders set id = 100 where id = 1");
        Loaded more = yard.load(source());

        assertThat(yard.sql("select id, length(note) from shop.orders order by id"))
                .containsExactly("2|1", "3|1", "100|32000");
        assertThat(more.drift())
                .containsExactly(
                        "all rows were read again: the key of a row changed, and the log does not say its large column note (alter table … replica identity full would)");
    }

    @Test
    void takes_what_the_log_says_of_rows_before_a_change() {
        postgres.sql(
                """
                alter table orders alter note set storage external;
                alter table orders replica identity full;
                update orders set note = repeat(md5('x'), 1000) where id = 1;
                """);
        yard.load(source());

        postgres.sql("update orders set id = 100 where id = 1; delete from orders where id = 2");
        Loaded more = yard.load(source());

        assertThat(yard.sql("select id, length(note) from shop.orders order by id"))
                .containsExactly("3|1", "100|32000");
        assertThat(more.drift()).isEmpty();
    }

    /// Nobody checks them before the transaction ends, so two rows have one key meanwhile.
    @Test
    void takes_keys_that_rows_give_to_each_other() {
        postgres.sql(
                """
                drop table orders;
                create table orders (id bigint primary key deferrable, qty int, note text);
                alter table orders replica identity full;
                insert into orders values (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c'), (4, 40, 'd');
                """);
        yard.load(source());

        postgres.sql("update orders set id = id + 1");
        yard.load(source());
        assertThat(rows()).containsExactly("2|10|a", "3|20|b", "4|30|c", "5|40|d");

        postgres.sql(
                """
                update orders set id = 7 - id where id in (3, 4);
                begin;
                set constraints all deferred;
                insert into orders values (2, 22, 'new');
                update orders set qty = 23 where id = 2 and note = 'a';
                delete from orders where id = 2 and note = 'a';
                insert into orders values (9, 90, 'i');
                update orders set id = 10 where id = 9;
                delete from orders where id = 10;
                commit;
                """);
        yard.load(source());
        assertThat(rows()).containsExactly("2|22|new", "3|30|c", "4|20|b", "5|40|d");
        assertThat(yard.verify(source()).isEqual()).isTrue();
    }

    /// The log says nothing of the rows that are there.
    @Test
    void reads_all_again_where_a_statement_changes_a_column_in_all_rows() {
        yard.load(source());
        allAgain(
                "alter table orders alter qty type int using qty * 2",
                "column qty of public.orders was altered, and all rows written anew");
        allAgain(
                "alter table orders drop note, add note text",
                "column note of public.orders was dropped and added again");
        allAgain(
                "alter table orders add state text default 'new'",
                "column state of public.orders was added with a value in all rows");
        allAgain(
                "alter table orders add \"odd\n name\" int, add made timestamptz default clock_timestamp()",
                "column made of public.orders was added with a value in all rows");

        allAgain(
                "alter table orders add numbered int generated always as identity",
                "column numbered of public.orders was added, and all rows written anew");
        allAgain(
                "alter table orders add token uuid default gen_random_uuid(); alter table orders alter token drop default",
                "column token of public.orders was added, and all rows written anew");
        postgres.sql("alter table orders add twice int generated always as (id * 2) stored");
        yard.load(source());
        allAgain(
                "alter table orders alter twice drop expression",
                "column twice of public.orders was computed, and is no more");

        postgres.sql(
                """
                alter table orders add more text, alter qty set default 5, alter note type varchar;
                update orders set more = 'x' where id = 1;
                """);
        assertThat(yard.load(source()).drift().toString()).doesNotContain("read again");
        postgres.sql("vacuum full orders");
        postgres.sql("update orders set more = 'y' where id = 2");
        assertThat(yard.load(source()).drift()).isEmpty();
        assertThat(yard.verify(source()).isEqual()).isTrue();
    }

    @Test
    void reads_all_again_where_a_partition_comes_or_goes_with_its_rows() {
        postgres.sql(
                """
                drop table orders;
                create table orders (id bigint primary key, qty int, note text) partition by range (id);
                create table orders_0 partition of orders for values from (0) to (10);
                create table orders_1 partition of orders for values from (10) to (20);
                insert into orders values (1, 10, 'a'), (11, 20, 'b');
                """);
        yard.load(source());
        postgres.sql(
                """
                create table orders_2 partition of orders for values from (20) to (30);
                insert into orders values (21, 30, 'c');
                """);
        assertThat(yard.load(source()).drift()).isEmpty();
        assertThat(rows()).containsExactly("1|10|a", "11|20|b", "21|30|c");

        allAgain(
                "alter table orders detach partition orders_0",
                "a partition of public.orders was detached or dropped");
        allAgain("drop table orders_2", "a partition of public.orders was detached or dropped");
        allAgain(
                "alter table orders attach partition orders_0 for values from (0) to (10)",
                "a table was attached to public.orders");
        assertThat(rows()).containsExactly("1|10|a", "11|20|b");
        allAgain(
                "alter table orders add state text default 'new'",
                "column state of public.orders was added with a value in all rows");
        postgres.sql("drop table orders");
    }

    private void allAgain(String statement, String reason) {
        postgres.sql(statement);
        assertThat(yard.look(source()).news()).contains(reason);
        assertThat(yard.load(source()).drift()).contains("all rows were read again: " + reason);
        assertThat(yard.verify(source()).isEqual()).isTrue();
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void says_before_a_load_how_the_columns_differ() {
        SourceTable history = Sources.of("shop.history", source(Mode.APPEND, Map.of()).load());
        postgres.sql("alter table orders add total bigint generated always as (qty * 2) stored");
        yard.load(source());
        yard.load(history);
        postgres.sql("alter table orders add region text; alter table orders drop qty cascade");
        assertThat(yard.drift(source())).isEmpty();
        postgres.sql("insert into orders values (4, 'd', 'south')");

        List<String> expected =
                List.of(
                        "new column 'region' (varchar) in the source",
                        "column 'qty' is not in the source");
        assertThat(yard.drift(source())).isEqualTo(expected);
        assertThat(yard.drift(history)).isEqualTo(expected);
        yard.load(history);
        assertThat(yard.drift(history)).isEmpty();
        assertThat(yard.sql("select _op, qty, region from shop.history where id = 4"))
                .containsExactly("insert|null|south");
    }

    @Test
    void empties_what_is_truncated() {
        yard.load(source());

        postgres.sql(
                """
                insert into orders values (4, 40, 'd');
                truncate orders;
                insert into orders values (1, 1, 'new'), (5, 50, 'e');
                """);
        yard.load(source());
        assertThat(rows()).containsExactly("1|1|new", "5|50|e");

        postgres.sql("truncate orders");
        yard.load(source());
        assertThat(rows()).isEmpty();
    }

    @Test
    void follows_columns_that_come_and_go() {
        yard.load(source());

        postgres.sql(
                """
                update orders set qty = 11 where id = 1;
                alter table orders add column colour text, drop column note;
                update orders set colour = 'blue' where id = 2;
                insert into orders values (4, 40, 'green');
                """);
        Loaded more = yard.load(source());

        assertThat(yard.sql("select id, qty, note, colour from shop.orders order by id"))
                .containsExactly("1|11|a|null", "2|20|null|blue", "3|30|c|null", "4|40|null|green");
        assertThat(String.join("; ", more.drift())).contains("colour", "note");
    }

    @Test
    void takes_one_transaction_at_a_time_whatever_its_size() {
        yard.load(source());

        postgres.sql(
                """
                insert into orders select i, i, 'n' from generate_series(10, 100009) i;
                begin;
                update orders set qty = qty + 1;
                delete from orders where id % 2 = 0;
                commit;
                begin;
                delete from orders;
                rollback;
                """);
        Loaded more = yard.load(source());

        assertThat(more.read()).isEqualTo(100_000 + 100_003 + 50_001);
        assertThat(yard.sql("select count(*), sum(qty) from shop.orders"))
                .containsExactly(postgres.sql("select count(*), sum(qty) from orders"));
    }

    @Test
    void keeps_every_change_of_a_table_whose_history_is_wanted() {
        SourceTable log = source(Mode.APPEND, Map.of());
        yard.load(log);

        postgres.sql(
                """
                begin; insert into orders values (4, 40, 'd'); update orders set id = 44 where id = 4; commit;
                delete from orders where id = 1;
                alter table orders replica identity full;
                update orders set qty = 21 where id = 2;
                truncate orders;
                """);
        yard.load(log);

        assertThat(
                        yard.sql(
                                "select _op, id, qty, note, _unsaid, _number from shop.orders order by _lsn, _number, _op desc, id"))
                .containsExactly(
                        "snapshot|1|10|a|[]|0",
                        "snapshot|2|20|b|[]|0",
                        "snapshot|3|30|c|[]|0",
                        "insert|4|40|d|[]|1",
                        "update_before|4|null|null|[qty, note]|2",
                        "update|44|40|d|[]|2",
                        "delete|1|null|null|[qty, note]|1",
                        "update_before|2|20|b|[]|1",
                        "update|2|21|b|[]|1",
                        "truncate|null|null|null|[]|1");
        assertThat(yard.sql("select count(*) from shop.orders where _committed_at > '2020-01-01'"))
                .containsExactly("7");
    }

    @Test
    void a_history_by_a_declared_key_has_what_truncates_its_table() {
        postgres.sql(
                "alter table orders drop constraint orders_pkey, alter id drop not null, replica identity full");
        SourceTable log = source(Mode.APPEND, Map.of(), "id");
        yard.load(log);

        postgres.sql("insert into orders values (null, 40, 'd'); truncate orders");

        assertThat(yard.load(log).landed()).isOne();
        assertThat(yard.sql("select _op, id, qty from shop.orders where _op <> 'snapshot'"))
                .containsExactly("truncate|null|null");
        assertThat(yard.sql("select column_name, reason from ade.rejected"))
                .containsExactly("id|the key is NULL");
    }

    @Test
    void a_history_wants_no_value_of_a_change_that_does_not_say_it() {
        SourceTable log =
                Sources.of(
                        "shop.orders",
                        source(Mode.APPEND, Map.of()).load(),
                        notNull("qty"),
                        notNull("remark", "note"));
        loadLargeNotes(log);

        postgres.sql(
                """
                update orders set qty = 11 where id = 1;
                update orders set id = 33 where id = 3;
                delete from orders where id = 33;
                insert into orders values (4, null, 'd');
                update orders set qty = null where id = 2;
                truncate orders;
                """);

        assertThat(yard.load(log).rejected()).isEqualTo(2);
        assertThat(
                        yard.sql(
                                "select _op, id, qty, remark, _unsaid from shop.orders where _op <> 'snapshot' order by _lsn, _number, _op desc"))
                .containsExactly(
                        "update|1|11|null|[note]",
                        "update_before|3|null|null|[qty, note]",
                        "update|33|30|c|[]",
                        "delete|33|null|null|[qty, note]",
                        "truncate|null|null|null|[]");
        assertThat(yard.sql("select column_name, reason from ade.rejected"))
                .containsExactly("qty|NULL breaks not_null", "qty|NULL breaks not_null");
    }

    private static ColumnSpec notNull(String column, String... aliases) {
        return new ColumnSpec(
                column,
                Optional.empty(),
                ColumnSpec.Nullability.NOT_NULL,
                Optional.empty(),
                "",
                List.of(aliases));
    }
}
