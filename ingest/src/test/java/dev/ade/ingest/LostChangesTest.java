package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What can go wrong between a database and those who follow it, and what is seen of it.
class LostChangesTest extends InFollowed {
    @AutoClose
    private static final Postgres postgres =
            Postgres.start("wal_level=logical", "max_replication_slots=4");

    @BeforeEach
    void make() {
        postgres.sql(
                """
                select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active;
                drop table if exists orders;
                create table orders (id bigint primary key, qty int);
                insert into orders values (1, 10), (2, 20);
                """);
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(postgres, mode, more, key);
    }

    private List<String> rows() {
        return yard.sql("select id, qty from shop.orders order by id");
    }

    private static String slots() {
        return postgres.sql("select slot_name from pg_replication_slots order by 1");
    }

    private static String published() {
        return postgres.sql(
                "select pubname from pg_publication where pubname like 'ade_public_orders%'");
    }

    private static void drop(String slots) {
        slots.lines()
                .forEach(slot ->
                        postgres.sql("select pg_drop_replication_slot('%s')".formatted(slot)));
    }

    private void isReadAgain(Loaded loaded, String reason) {
        assertThat(loaded.drift())
                .singleElement()
                .asString()
                .startsWith("all rows were read again: ")
                .contains(reason);
        assertThat(rows())
                .isEqualTo(postgres.sql("select id, qty from orders order by id").lines().toList());
        assertThat(yard.look(source()).isEmpty()).isTrue();
    }

    @Test
    void reads_all_again_where_the_slot_is_gone() {
        yard.load(source());
        drop(slots());
        postgres.sql("delete from orders where id = 1; insert into orders values (3, 30)");

        assertThat(yard.look(source()).news().orElse("")).contains("is gone from the database");
        isReadAgain(yard.load(source()), "is gone from the database");
        assertThat(slots().lines()).hasSize(1);
    }

    @Test
    void reads_all_again_where_somebody_else_took_changes() {
        yard.load(source());
        postgres.sql("insert into orders values (3, 30)");
        postgres.sql(
                "select pg_replication_slot_advance('%s', pg_current_wal_lsn())"
                        .formatted(slots()));

        isReadAgain(yard.load(source()), "somebody else read from slot");
    }

    @Test
    void reads_all_again_where_the_table_is_another() {
        yard.load(source());
        postgres.sql(
                "drop table orders; create table orders (id bigint primary key, qty int); insert into orders values (9, 90)");

        isReadAgain(yard.load(source()), "public.orders was made anew");
        postgres.sql("insert into orders values (10, 100)");
        yard.load(source());
        assertThat(rows()).containsExactly("9|90", "10|100");
    }

    @Test
    void reads_all_again_where_changes_were_not_published_for_a_time() {
        yard.load(source());
        String publication = published();
        postgres.sql(
                """
                alter publication %s drop table orders;
                insert into orders values (3, 30);
                alter publication %s add table orders;
                """
                        .formatted(publication, publication));

        isReadAgain(yard.load(source()), "was out of publication");
    }

    @Test
    void reads_all_again_where_the_key_is_another() {
        yard.load(source());
        postgres.sql(
                """
                update orders set qty = 11 where id = 1;
                alter table orders drop constraint orders_pkey;
                alter table orders add primary key (qty);
                delete from orders where id = 2;
                """);

        isReadAgain(yard.load(source()), "the key of public.orders is another");
    }

    @Test
    void keeps_the_history_where_the_slot_of_a_log_is_gone() {
        SourceTable log = source(Mode.APPEND, Map.of());
        yard.load(log);
        postgres.sql("delete from orders where id = 1");
        yard.load(log);
        drop(slots());

        Loaded loaded = yard.load(log);

        assertThat(loaded.drift()).singleElement().asString().contains("all rows were read again");
        assertThat(yard.sql("select _op, id from shop.orders order by _lsn, id"))
                .containsExactly("snapshot|1", "snapshot|2", "delete|1", "snapshot|2");
    }

    @Test
    void goes_on_after_the_server_was_killed() {
        yard.load(source());
        postgres.sql("insert into orders values (3, 30)");
        postgres.kill();

        assertThat(yard.look(source()).news())
                .contains("the database could not be asked what is new");
        fails(() -> yard.load(source()), "it does not answer", "Check that the database is up");
        postgres.restart();
        Loaded loaded = yard.load(source());

        assertThat(loaded.drift()).isEmpty();
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void gives_each_environment_a_slot_of_its_own() throws IOException {
        yard.load(source());
        yard.connect(yard.followers("dev"));
        postgres.sql("insert into orders values (3, 30)");

        assertThat(yard.look(source()).news())
                .contains("environment dev follows it by a slot of its own");
        isReadAgain(
                yard.load(source()), "environment dev follows public.orders by a slot of its own");
        assertThat(slots().lines()).hasSize(2);
    }

    @Test
    void leaves_no_slot_of_a_load_that_failed() {
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of("table", "public.none"))),
                "relation \"public.none\" does not exist",
                "Check table:");
        postgres.sql(
                "create role owner2 login replication password 'correct-horse'; alter table orders owner to owner2; grant create on database postgres to owner2; revoke all on orders from owner2");
        SourceTable unread = source(Mode.MERGE, Map.of("user", "owner2"));
        fails(
                () -> yard.load(unread),
                "user 'owner2' may not read public.orders",
                "grant select on public.orders to owner2");
        fails(() -> yard.load(unread), "user 'owner2' may not read public.orders", "grant select");
        assertThat(slots().lines()).hasSize(1);

        yard.load(source());
        yard.load(source());
        assertThat(slots().lines()).hasSize(1);
    }

    @Test
    void says_what_is_missing() {
        postgres.sql(
                """
                drop role if exists reader; drop table if exists bare;
                create role reader login password 'correct-horse'; grant select on orders to reader;
                create table bare (id int);
                """);
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of("user", "reader"))),
                "user 'reader' may not make a publication of public.orders",
                "create publication");
        postgres.sql(
                "drop publication if exists of_orders; create publication of_orders for table orders");
        fails(
                () ->
                        yard.load(
                                source(
                                        Mode.MERGE,
                                        Map.of("user", "reader", "publication", "of_orders"))),
                "user 'reader' may not follow changes",
                "alter role \"reader\" replication");
        postgres.sql(
                "drop publication of_orders; create publication of_orders for table orders where (qty > 5)");
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of("publication", "of_orders"))),
                "publication of_orders does not have all changes of public.orders",
                "without a filter");
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of("table", "public.bare"))),
                "public.bare has no key by which a changed row is found again",
                "replica identity full");
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of(), "qty")),
                "the log of public.orders has the key id, was key: qty",
                "Leave key out");
        fails(
                () -> yard.load(source(Mode.REPLACE, Map.of())),
                "changes are not followed in mode replace",
                "Leave mode out");
        fails(
                () -> yard.load(source(Mode.MERGE, Map.of("cursor", "id"))),
                "load has no key cursor",
                "Its keys are");
    }

    @Test
    void says_that_slots_ran_out() {
        for (int i = 0; i < 4; i++) {
            postgres.sql("select pg_create_physical_replication_slot('other%d')".formatted(i));
        }
        fails(
                () -> yard.load(source()),
                "all its replication slots are in use",
                "max_replication_slots");
        assertThatThrownBy(() -> yard.load(source())).cause().hasMessage("not shown");
    }

    private static void fail() {
        throw AdeException.cancelled("Cancelled");
    }

    private void goesOn() {
        postgres.sql("delete from orders where id = 1; insert into orders values (3, 30)");
        assertThat(yard.load(source()).drift()).isEmpty();
        assertThat(rows()).containsExactly("2|20", "3|30");
        assertThat(slots().lines()).hasSize(1);
    }

    @Test
    void a_load_leaves_the_slot_of_another_that_is_not_published_yet() {
        yard.load(
                source(),
                () ->
                        assertThatThrownBy(() -> yard.load(source(), LostChangesTest::fail))
                                .hasMessage("Cancelled"));

        assertThat(slots().lines()).hasSize(2);
        goesOn();
    }

    @Test
    void a_load_leaves_the_slot_that_another_published_since_it_began() {
        assertThatThrownBy(() -> yard.loadAfter(() -> yard.load(source()), source()))
                .isInstanceOf(AdeException.class);

        assertThat(slots().lines()).hasSize(2);
        goesOn();
    }

    /// What is published goes on from it.
    @Test
    void a_refresh_that_fails_keeps_the_slot_of_the_first_load() {
        yard.load(source());
        for (int i = 0; i < 3; i++) {
            postgres.sql("select pg_create_physical_replication_slot('other%d')".formatted(i));
        }
        fails(
                () -> yard.refresh(source()),
                "all its replication slots are in use",
                "max_replication_slots");
        postgres.sql(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_type = 'physical'");
        postgres.sql("delete from orders where id = 1; insert into orders values (3, 30)");

        assertThat(yard.load(source()).drift()).isEmpty();
        assertThat(rows()).containsExactly("2|20", "3|30");

        yard.refresh(source());
        postgres.sql("insert into orders values (4, 40)");
        assertThat(yard.load(source()).drift()).isEmpty();
        assertThat(slots().lines()).hasSize(1);
    }

    @Test
    void follows_a_table_without_a_key_whose_rows_are_logged_as_a_whole() {
        postgres.sql(
                "drop table if exists bare; create table bare (a int, b int); alter table bare replica identity full; insert into bare values (1, 1), (2, 2)");
        SourceTable bare = source(Mode.MERGE, Map.of("table", "public.bare"), "a");
        yard.load(bare);
        postgres.sql("update bare set b = 3 where a = 1; update bare set a = 5 where a = 2");
        yard.load(bare);

        assertThat(yard.sql("select a, b from shop.orders order by a"))
                .containsExactly("1|3", "5|2");
    }

    @Test
    void follows_a_table_in_partitions() {
        postgres.sql(
                """
                drop table orders;
                create table orders (id bigint primary key, qty int) partition by range (id);
                create table orders_1 partition of orders for values from (0) to (10);
                create table orders_2 partition of orders for values from (10) to (20);
                insert into orders values (1, 10), (12, 20);
                """);
        yard.load(source());
        postgres.sql(
                "update orders set qty = 11 where id = 1; update orders set id = 13 where id = 1; insert into orders values (2, 2); delete from orders where id = 12");
        yard.load(source());

        assertThat(rows()).containsExactly("2|2", "13|11");
    }
}
