package dev.ade.ingest;

import static dev.ade.ingest.Verifications.parts;
import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Verified;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Of tables that are followed by the log of a real PostgreSQL.
class ChangesChecksumsTest extends FollowedChecksums {
    private static final String LARGE =
            "(select string_agg(md5(n::text), '') from generate_series(1, 3000) n)";

    @AutoClose private static final Postgres postgres = Postgres.start("wal_level=logical");

    @AfterEach
    void drop() {
        sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(postgres, mode, more, key);
    }

    @Override
    void sql(String statements) {
        postgres.sql(statements);
    }

    @Override
    String numbers(int last) {
        return "generate_series(1, %d) as n (seq)".formatted(last);
    }

    @Override
    String quoted(String name) {
        return '"' + name + '"';
    }

    @Override
    String kept() {
        return postgres.sql(
                "select slot_name || restart_lsn || confirmed_flush_lsn from pg_replication_slots");
    }

    @Test
    void both_sides_make_the_same_text_of_what_the_log_says() throws IOException {
        sql("drop table if exists orders; " + ChecksumsTest.EVERY_TYPE);
        load(source());
        sql("update orders set id = id + 100");
        assertThat(load(source()).read()).isEqualTo(6);

        Verified found = yard.verify(source(), Depth.CHECKSUMS);

        assertThat(found.notes())
                .containsExactly(
                        parts(17, "1 part", "0 differ and were"),
                        "compared only in rows that were read: score, padded, tags");
        assertThat(found.isEqual()).isTrue();
    }

    @Test
    void leaves_out_what_is_generated_and_takes_large_values_and_partitions() throws IOException {
        sql(
                """
                drop table if exists orders;
                create table orders (id bigint not null, qty int, note text, twice int generated always as (qty * 2) stored,
                    by_hand int) partition by range (id);
                create table orders_low partition of orders for values from (minvalue) to (5);
                create table orders_high partition of orders for values from (5) to (maxvalue);
                alter table orders_low replica identity full; alter table orders_high replica identity full;
                alter table orders replica identity full;
                insert into orders (id, qty, note) select n, n, %s from generate_series(1, 9) n;
                """
                        .formatted(LARGE));
        SourceTable source = source(Mode.MERGE, Map.of(), "id");
        load(source);
        sql("update orders set qty = 0 where id = 2");
        load(source);

        Verified found = yard.verify(source, Depth.CHECKSUMS);
        assertThat(found.notes()).containsExactly(parts(4, "1 part", "0 differ and were"));
        assertThat(found.drift()).isEmpty();

        sql("update orders set note = note || 'x' where id = 7");
        found = yard.verify(source, Depth.CHECKSUMS);
        assertThat(said(found)).isEqualTo("CHANGED 1 [id=7] note 1");
        assertThat(found.drift()).isEmpty();
    }
}
