package dev.ade.ingest;

import static dev.ade.ingest.Verifications.parts;
import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Verified;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Of tables that are followed by the log of a real MariaDB.
class BinlogChecksumsTest extends FollowedChecksums {
    @AutoClose private static final MariaDb server = MariaDb.start("binlog-row-metadata=FULL");

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(server, mode, more, key);
    }

    @Override
    void sql(String statements) {
        server.sql(statements);
    }

    @Override
    String numbers(int last) {
        return "seq_1_to_" + last;
    }

    @Override
    String quoted(String name) {
        return '`' + name + '`';
    }

    /// It knows nothing of them; its log only grows.
    @Override
    String kept() {
        return server.sql("show master status");
    }

    @Test
    void both_sides_make_the_same_text_of_what_the_log_says() throws IOException {
        sql("drop table if exists orders; " + MariaChecksumsTest.EVERY_TYPE);
        load(source());
        sql("set sql_mode = ''; update orders set id = id + 100");
        assertThat(load(source()).read()).isEqualTo(6);

        Verified found = yard.verify(source(), Depth.CHECKSUMS);

        assertThat(found.notes())
                .containsExactly(
                        parts(34, "1 part", "0 differ and were"),
                        "compared only in rows that were read: real_4, real_8");
        assertThat(found.isEqual()).isTrue();
    }

    @Test
    void finds_what_was_not_logged() throws IOException {
        sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, hidden int invisible, twice int as (qty * 2) stored);
                insert into orders (id, qty) values (1, 10), (2, 20);
                """);
        load(source());
        sql("set sql_log_bin = 0; update orders set qty = 11 where id = 1");
        assertThat(yard.look(source()).isEmpty()).isTrue();

        Verified found = yard.verify(source(), Depth.CHECKSUMS);

        assertThat(said(found)).isEqualTo("CHANGED 1 [id=1] qty 1 twice 1");
        assertThat(found.drift()).isEmpty();
    }
}
