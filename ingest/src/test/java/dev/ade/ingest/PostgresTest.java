package dev.ade.ingest;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Progress;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Modes, gentleness and failures against a real server.
class PostgresTest extends InYard {
    @AutoClose
    private static final Postgres postgres = Postgres.start("max_prepared_transactions=4");

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
        postgres.sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, updated_at timestamptz)\
                """);
    }

    private static SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.asking(postgres, mode, more, key);
    }

    private List<String> rows() {
        return yard.sql("select id, qty from shop.orders order by id");
    }

    private static void insert(int id, int qty, String updatedAt) {
        postgres.sql("insert into orders values (%d, %d, '%s')".formatted(id, qty, updatedAt));
    }

    @Test
    void appends_what_a_sequence_tells_to_be_new() throws IOException {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "id"));
        insert(1, 10, "2026-01-01");
        insert(2, 20, "2026-01-01");
        yard.load(source);
        assertThat(yard.look(source).isEmpty()).isTrue();

        insert(3, 30, "2026-01-02");
        postgres.sql("update orders set qty = 99 where id = 1");
        assertThat(yard.look(source).news()).contains("the largest id is another");
        Loaded more = yard.load(source);

        assertThat(more.read()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30");
        assertThat(yard.look(source).isEmpty()).isTrue();
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void merges_what_changed_to_the_microsecond() {
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
        insert(1, 10, "2026-01-01 00:00:00.000001+00");
        insert(2, 20, "2026-01-01 00:00:00.000002+00");
        yard.load(source);

        postgres.sql(
                "update orders set qty = 11, updated_at = '2026-01-01 00:00:00.000003+00' where id = 1");
        Loaded more = yard.load(source);

        assertThat(more.read()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|11", "2|20");
        assertThat(
                        yard.published()
                                .state(source.name())
                                .orElseThrow()
                                .properties()
                                .get(OutsideLoader.POSITION))
                .isEqualTo("2026-01-01 00:00:00.000003+00");
    }

    @Test
    void reads_no_more_rows_at_once_than_it_may() {
        SourceTable source =
                source(
                        Mode.MERGE,
                        Map.of("cursor", "updated_at", "overlap", "1 hour", "rows_per_run", 2),
                        "id");
        insert(1, 10, "2026-01-01 10:00:00+00");
        insert(2, 20, "2026-01-02 10:00:00+00");
        insert(3, 30, "2026-01-02 10:00:00+00");
        insert(4, 40, "2026-01-03 10:00:00+00");

        Loaded first = yard.load(source);

        assertThat(first.drift())
                .containsExactly("more rows wait at the source, as rows_per_run is 2: run again");
        assertThat(rows()).as("with all that share the last time").hasSize(3);
        insert(5, 50, "2026-01-02 09:30:00+00");
        insert(6, 60, "2026-01-01 11:00:00+00");
        assertThat(yard.look(source).news()).contains("the largest updated_at is another");
        Loaded rest = yard.load(source);

        assertThat(rest.drift()).isEmpty();
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30", "4|40", "5|50");
        assertThat(yard.look(source).isEmpty()).isTrue();
        assertThat(
                        yard.load(
                                        source(
                                                Mode.MERGE,
                                                Map.of("cursor", "id", "rows_per_run", 2),
                                                "id"))
                                .read())
                .as("what replaces all that readers have")
                .isEqualTo(6);
    }

    @Test
    void says_before_a_load_how_the_columns_differ() {
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
        insert(1, 10, "2026-01-01");
        assertThat(yard.drift(source)).isEmpty();
        yard.load(source);
        postgres.sql(
                "alter table orders add region text; alter table orders alter qty type bigint; alter table orders rename id to number");
        assertThat(yard.drift(source)).isEmpty();
        insert(2, 20, "2026-01-02");

        assertThatThrownBy(() -> yard.drift(source))
                .hasMessage(
                        "Cannot load shop.orders: column 'id' is not in the source, which has number, qty, updated_at, region");
        postgres.sql("alter table orders rename number to id");
        List<String> drift = yard.drift(source);

        assertThat(drift)
                .containsExactlyInAnyOrder(
                        "new column 'region' (varchar) in the source",
                        "column 'qty' is bigint instead of integer in the source");
        assertThat(yard.load(source).drift()).hasSize(2);
    }

    @Test
    void finds_rows_that_were_committed_late_by_an_overlap() {
        SourceTable source =
                source(Mode.APPEND, Map.of("cursor", "updated_at", "overlap", "1 hour"), "id");
        insert(1, 10, "2026-01-01 10:00:00+00");
        insert(2, 20, "2026-01-01 11:00:00+00");
        yard.load(source);

        insert(3, 30, "2026-01-01 10:30:00+00");
        insert(4, 40, "2026-01-01 09:59:59+00");
        insert(5, 50, "2026-01-01 11:10:00+00");
        Loaded more = yard.load(source);

        assertThat(more.read()).isEqualTo(4);
        assertThat(rows()).containsExactly("1|10", "2|20", "3|30", "5|50");

        assertThatThrownBy(() ->
                        yard.load(source(Mode.APPEND, Map.of("cursor", "id", "overlap", "1 hour"))))
                .hasMessageContaining("overlap reads rows again, which only a key tells apart");
    }

    @Test
    void goes_on_after_a_sequence_with_an_overlap_in_numbers() {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "id", "overlap", 5), "id");
        insert(10, 1, "2026-01-01");
        yard.load(source);
        insert(7, 2, "2026-01-01");
        insert(11, 3, "2026-01-01");
        yard.load(source);

        assertThat(rows()).containsExactly("7|2", "10|1", "11|3");
    }

    @Test
    void refuses_rows_that_it_could_never_follow() {
        insert(1, 10, "infinity");
        postgres.sql("insert into orders values (2, 20, null)");

        assertThatThrownBy(
                        () -> yard.load(source(Mode.MERGE, Map.of("cursor", "updated_at"), "id")))
                .hasMessage(
                        "Cannot load shop.orders: 2 rows cannot be followed, as \"updated_at\" is NULL or infinite in them");
    }

    @Test
    void names_columns_that_a_dataset_cannot_tell_apart() {
        postgres.sql("alter table orders rename qty to \"ID\"");

        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of())))
                .hasMessage(
                        "Cannot load shop.orders: public.orders has columns 'id' and 'ID', which have one name");
    }

    @Test
    void reads_again_only_where_the_database_was_written_to() {
        SourceTable source = source(Mode.REPLACE, Map.of());
        insert(1, 10, "2026-01-01");
        yard.load(source);
        assertThat(yard.look(source).isEmpty()).isTrue();

        postgres.sql("update orders set qty = 11");
        assertThat(yard.look(source).news()).contains("the database was written to");
        yard.load(source);

        assertThat(rows()).containsExactly("1|11");
        assertThat(yard.look(source).isEmpty()).isTrue();
    }

    @Test
    void sees_what_was_committed_after_it_had_begun() {
        SourceTable source = source(Mode.REPLACE, Map.of());
        postgres.sql(
                """
                begin; insert into orders values (1, 1, now());
                prepare transaction 'late'\
                """);
        yard.load(source);
        assertThat(rows()).isEmpty();
        assertThat(yard.look(source).isEmpty()).isTrue();

        postgres.sql("commit prepared 'late'");

        assertThat(yard.look(source).isEmpty()).isFalse();
        yard.load(source);
        assertThat(rows()).containsExactly("1|1");
    }

    @Test
    void reads_a_query_and_a_name_with_anything_in_it() {
        insert(1, 10, "2026-01-01");
        yard.load(
                source(
                        Mode.REPLACE,
                        Map.of("query", "select id, qty + 1 as qty from orders -- all;\n;")));
        assertThat(rows()).containsExactly("1|11");

        postgres.sql(
                """
                drop table if exists "Or""d.ers";
                create table "Or""d.ers" as select 5 as id, 6 as qty\
                """);
        yard.load(source(Mode.REPLACE, Map.of("query", "select * from \"Or\"\"d.ers\"")));
        assertThat(rows()).containsExactly("5|6");
    }

    @Test
    void reads_a_large_table_in_parts_from_one_snapshot() {
        postgres.sql(
                """
                insert into orders
                select n, 1, '2026-01-01' from generate_series(1, 2000000) n;
                delete from orders where id % 5 = 0\
                """);
        Loaded loaded = yard.load(source(Mode.REPLACE, Map.of("connections", 3)));

        assertThat(loaded.landed()).isEqualTo(1_600_000);
        assertThat(
                        yard.sql(
                                "select count(distinct id), sum(id), count(distinct _source) from shop.orders"))
                .containsExactly("1600000|1600000000000|3");
    }

    @Test
    void reads_a_part_again_from_the_same_snapshot_where_its_connection_is_lost() {
        postgres.sql("alter table orders add column amount numeric(10,2)");
        postgres.sql(
                """
                insert into orders
                select n, 1, '2026-01-01', case when n % 1000 = 0 then 'NaN'::numeric else n end
                from generate_series(1, 2000000) n\
                """);
        Cut cut = new Cut();
        yard.progress(cut);

        Loaded loaded =
                yard.load(source(Mode.REPLACE, Map.of("connections", 2, "rate", 2_000_000)));

        assertThat(cut.connections).isEqualTo(1);
        assertThat(loaded.landed()).isEqualTo(1_998_000);
        assertThat(loaded.rejected()).isEqualTo(2_000);
        assertThat(loaded.drift())
                .singleElement(as(STRING))
                .matches("part [1-3] of 3 was read again, as its connection was lost");
        assertThat(yard.sql("select count(*), count(distinct id), max(qty) from shop.orders"))
                .containsExactly("1998000|1998000|1");
    }

    /// Once some rows have come, ends one connection that reads, and writes to the table.
    private static final class Cut implements Progress {
        private volatile int connections;

        @Override
        public void phase(String what) {}

        @Override
        public void share(double done) {}

        @Override
        public synchronized void rows(long total) {
            if (total > 300_000 && connections == 0) {
                connections =
                        Integer.parseInt(
                                postgres.sql(
                                                """
                                                update orders set qty = 2 where id <= 1000;
                                                select count(pg_terminate_backend((
                                                    select min(pid) from pg_stat_activity where query like 'copy%')))\
                                                """)
                                        .lines()
                                        .toList()
                                        .getLast());
            }
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    @Test
    void reads_no_faster_than_allowed() {
        postgres.sql("insert into orders select n, 1, null from generate_series(1, 1000) n");
        long start = System.nanoTime();

        yard.load(source(Mode.REPLACE, Map.of("rate", 1000)));

        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(1000);
    }

    private static String message(ThrowingCallable call) {
        try {
            call.call();
        } catch (AdeException e) {
            return e.getMessage() + " / " + e.nextStep();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return "";
    }

    @Test
    void says_what_is_wrong_and_publishes_nothing() throws IOException {
        insert(1, 10, "2026-01-01");
        String place = postgres.url();
        yard.environment("WRONG", "s3cret");
        assertThat(message(() -> yard.load(source(Mode.REPLACE, Map.of("password", "${WRONG}")))))
                .isEqualTo(
                        "Cannot load shop.orders from "
                                + place
                                + ": it does not let user 'owner' in (password authentication failed for user \"owner\")"
                                + " / Check user: in load and the environment variable that password: names");
        assertThat(message(() -> yard.load(source(Mode.REPLACE, Map.of("table", "public.none")))))
                .isEqualTo(
                        "Cannot load shop.orders from "
                                + place
                                + ": relation \"public.none\" does not exist"
                                + " / Check table:, query: and cursor: in load against the database");
        postgres.sql("drop role if exists reader; create role reader login password 's3cret'");
        assertThat(
                        message(() ->
                                yard.load(
                                        source(
                                                Mode.REPLACE,
                                                Map.of("user", "reader", "password", "${WRONG}")))))
                .isEqualTo(
                        "Cannot load shop.orders from "
                                + place
                                + ": user 'reader' may not read public.orders (permission denied for table orders)"
                                + " / Let who owns it run: grant select on public.orders to reader");
        assertThat(
                        message(() ->
                                yard.load(
                                        source(
                                                Mode.REPLACE,
                                                Map.of(
                                                        "query",
                                                        "select 'alice@x.de'::int as id")))))
                .contains("it cannot work with a value (SQL state 22P02)")
                .doesNotContain("alice");
        postgres.sql(
                "create or replace function chosen() returns int language plpgsql as $$ begin raise exception 'no alice@x.de'; end $$");
        assertThatThrownBy(() ->
                        yard.load(source(Mode.REPLACE, Map.of("query", "select chosen() as id"))))
                .hasMessage(
                        "Cannot load shop.orders from " + place + ": it refuses (SQL state P0001)")
                .cause()
                .hasMessage("not shown");
        assertThat(
                        message(() ->
                                yard.load(
                                        source(
                                                Mode.REPLACE,
                                                Map.of(
                                                        "jdbc",
                                                        "jdbc:postgresql://127.0.0.1:1/x")))))
                .contains(
                        "Cannot load shop.orders from jdbc:postgresql://127.0.0.1:1/x: it does not answer")
                .contains("Check that the database is up");
        assertThat(yard.published().state(source(Mode.REPLACE, Map.of()).name())).isEmpty();
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void publishes_nothing_where_the_connection_is_lost() throws IOException {
        insert(1, 10, "2026-01-01");
        SourceTable good = source(Mode.REPLACE, Map.of());
        yard.load(good);
        SourceTable cut =
                source(
                        Mode.REPLACE,
                        Map.of(
                                "query",
                                """
                                select n as id, case when n = 50000
                                    then pg_terminate_backend(pg_backend_pid())::int else 1 end as qty
                                from generate_series(1, 100000) n\
                                """));

        assertThat(message(() -> yard.load(cut)))
                .contains("the connection was lost")
                .contains("Nothing was published. Run again when the database is up");
        assertThat(rows()).containsExactly("1|10");
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void stops_the_server_where_the_rows_are_wanted_no_more() throws IOException {
        yard.progress(Stopping.once(() -> sleepers().equals("1")));
        assertThatThrownBy(() ->
                        yard.load(
                                source(
                                        Mode.REPLACE,
                                        Map.of(
                                                "query",
                                                "select 1 as id, pg_sleep(600)::text as qty"))))
                .hasMessage("Cancelled");
        assertThat(sleepers()).isEqualTo("0");
        assertThat(yard.staged()).isEmpty();
    }

    private static String sleepers() {
        return postgres.sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep'");
    }
}
