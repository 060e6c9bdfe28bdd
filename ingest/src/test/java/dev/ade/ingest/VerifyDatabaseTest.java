package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Verified;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is published of a table against what is in a real server now.
class VerifyDatabaseTest extends InYard {
    @AutoClose private static final Postgres postgres = Postgres.start("wal_level=logical");

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
        postgres.sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, email text, price numeric(12, 2),
                    updated_at timestamptz);
                insert into orders select n, n * 10, 'p' || n || '@example.org', n / 3.0,
                    '2026-01-01 00:00:00+00'::timestamptz + n * interval '1 second'
                    from generate_series(1, 1000) n\
                """);
    }

    private static SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.asking(postgres, mode, more, key);
    }

    private static SourceTable merging() {
        return source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
    }

    @Test
    void finds_what_changed_without_its_cursor_and_what_is_gone() throws IOException {
        yard.load(merging());
        assertThat(yard.verify(merging()).isEqual()).isTrue();
        postgres.sql(
                """
                delete from orders where id in (7, 8);
                update orders set qty = -1 where id = 500;
                update orders set email = 'else@example.org' where id in (500, 501);
                insert into orders values (2000, 1, null, 1, '2026-01-01')\
                """);

        Verified found = yard.verify(merging());

        assertThat(said(found))
                .isEqualTo(
                        """
                        MISSING 1 [id=2000]
                        GONE 2 [id=7, id=8]
                        CHANGED 2 [id=500, id=501] qty 1 email 2\
                        """);
        assertThat(found.counts()).isEqualTo(new Verified.Counts(1000, 999, 0, 0));
        assertThat(found.toString()).doesNotContain("example.org");
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void tells_apart_what_came_after_the_last_load() {
        yard.load(merging());
        postgres.sql(
                """
                update orders set qty = -1, updated_at = '2026-02-01' where id = 3;
                insert into orders values (2000, 1, null, 1, '2026-02-01')\
                """);

        Verified found = yard.verify(merging());

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(999, 999, 0, 2));
        assertThat(found.notes())
                .containsExactly(
                        "the next load finds something: the largest updated_at is another");

        SourceTable appending = source(Mode.APPEND, Map.of("cursor", "id"));
        yard.load(appending);
        postgres.sql(
                "insert into orders values (3000, 1, null, 1, null); update orders set qty = 0 where id = 1");
        found = yard.verify(appending);
        assertThat(said(found)).isEqualTo("MISSING 1 []\nGONE 1 []");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(1001, 1001, 0, 1));
    }

    @Test
    void compares_a_table_that_is_replaced_each_time() {
        SourceTable source = source(Mode.REPLACE, Map.of());
        yard.load(source);
        assertThat(yard.verify(source).isEqual()).isTrue();

        postgres.sql("update orders set price = price + 0.01 where id = 1");

        assertThat(said(yard.verify(source))).isEqualTo("MISSING 1 []\nGONE 1 []");
    }

    @Test
    void leaves_nothing_where_the_source_cannot_be_read() throws IOException {
        yard.load(merging());
        postgres.sql("alter table orders rename to hidden");
        try {
            assertThatThrownBy(() -> yard.verify(merging()))
                    .hasMessageContaining("relation \"public.orders\" does not exist");
            assertThat(yard.staged()).isEmpty();
        } finally {
            postgres.sql("alter table hidden rename to orders");
        }
    }

    @Test
    void compares_a_followed_table_without_a_slot_of_its_own() throws IOException {
        yard.connect(yard.followers());
        SourceTable source = Sources.following(postgres, Mode.MERGE, Map.of());
        yard.load(source);
        String slots =
                "select string_agg(slot_name || confirmed_flush_lsn, ',') from pg_replication_slots";
        String before = postgres.sql(slots);

        assertThat(yard.verify(source).isEqual()).isTrue();
        postgres.sql("delete from orders where id = 7");
        Verified found = yard.verify(source);

        assertThat(said(found)).isEqualTo("GONE 1 [id=7]");
        assertThat(found.notes()).hasSize(1);
        assertThat(postgres.sql(slots)).isEqualTo(before);
        yard.load(source);
        assertThat(yard.verify(source).isEqual()).isTrue();
        postgres.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");

        SourceTable log =
                Sources.of(
                        "shop.history", Sources.following(postgres, Mode.APPEND, Map.of()).load());
        yard.load(log);
        assertThatThrownBy(() -> yard.verify(log))
                .hasMessage(
                        "Cannot compare shop.history with its source: it holds every change, the source only what became of them");
        postgres.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
    }
}
