package dev.ade.ingest;

import static dev.ade.ingest.Verifications.parts;
import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.ColumnSpec;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Treatment;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Verified;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Comparing by checksums that a real server makes.
class ChecksumsTest extends InYard {
    @AutoClose private static final Postgres postgres = Postgres.start();

    /// Every type, and in the first row what is easily told otherwise.
    static final String EVERY_TYPE =
            """
            create table orders (id int primary key, small smallint, big bigint, price numeric(12, 3), paid boolean,
                note text, code varchar(20), at timestamptz, moment timestamp, day date, hour time, ident uuid,
                data jsonb, cash money, score float8, padded char(5), tags text[], any_number numeric, share numeric(3, 3), raw bytea);
            insert into orders values
                (-5, -3, -9223372036854775808, -0.5, true, E'é漢🤦\\n"x"', '', '2026-01-01 00:00:00.000001+00',
                '1969-12-31 23:59:59.9', '0001-01-01', '23:59:59.999999', '00000000-0000-0000-0000-000000000001',
                '{"b": 1, "a": null}', -1.5, 0.1, 'a', '{x,NULL}', 1.10, -0.5, '\\x00ff5c'),
                (0, 0, 9223372036854775807, 123456789.125, false, null, 'a:b', '2026-06-30 12:30:00+00',
                '9999-12-31 00:00:00', '9999-12-31', '00:00:00', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
                '[]', 0, -0.0, null, '{}', 1e30, 0.001, ''),
                (7, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)\
            """;

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
        postgres.sql("drop table if exists orders");
    }

    private static SourceTable source(
            Mode mode, String cursor, List<String> key, ColumnSpec... columns) {
        LoadSpec load =
                Sources.asking(postgres, mode, Map.of("cursor", cursor), key.toArray(String[]::new))
                        .load();
        return Sources.of("shop.orders", load, columns);
    }

    @Test
    void both_sides_make_the_same_text_of_every_type_that_counts() {
        postgres.sql(EVERY_TYPE);
        SourceTable source = source(Mode.MERGE, "id", List.of("id"));
        yard.load(source);

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(3, 3, 0, 0));
        assertThat(found.notes())
                .containsExactly(
                        parts(17, "1 part", "0 differ and were"),
                        "compared only in rows that were read: score, padded, tags");
    }

    @Test
    void reads_only_parts_that_differ() {
        postgres.sql(
                """
                create table orders (id bigint primary key, qty int, email text, updated_at timestamptz);
                insert into orders select n * 3, n, 'p' || n || '@example.org', '2026-01-01' from generate_series(1, 35000) n\
                """);
        ColumnSpec email =
                new ColumnSpec(
                        "email",
                        Optional.empty(),
                        ColumnSpec.Nullability.NULLABLE,
                        Optional.of(
                                new PrivacySpec(
                                        Optional.empty(),
                                        Optional.of(new Treatment.Pseudonym("person")))),
                        "");
        SourceTable source = source(Mode.MERGE, "updated_at", List.of("id"), email);
        yard.load(source);
        postgres.sql("update orders set email = 'other@example.org' where id in (3, 90000)");

        Verified found = yard.verify(source, Depth.CHECKSUMS);
        assertThat(found.isEqual()).isTrue();
        assertThat(found.notes())
                .containsExactly(
                        parts(3, "3 parts", "0 differ and were"),
                        "compared only in rows that were read: email");

        postgres.sql(
                """
                update orders set qty = -1 where id = 9;
                delete from orders where id in (12, 15);
                insert into orders values (1, 1, null, '2026-01-01'), (-70, 1, null, '2026-02-01'),
                    (900000, 1, null, '2026-01-01')\
                """);
        found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(said(found))
                .isEqualTo(
                        """
                        MISSING 2 [id=1, id=900000]
                        GONE 2 [id=12, id=15]
                        CHANGED 2 [id=3, id=9] qty 1 email 1\
                        """);
        assertThat(found.counts()).isEqualTo(new Verified.Counts(35_000, 35_000, 0, 1));
        assertThat(found.notes())
                .contains(parts(3, "5 parts", "3 differ and were"))
                .contains("the next load finds something: the largest updated_at is another");
        assertThat(said(yard.verify(source))).contains("CHANGED 3 [id=3, id=9, id=90000]");
    }

    @Test
    void finds_what_reading_every_row_finds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        postgres.sql(
                """
                create table orders (id bigint primary key, qty int, note text);
                insert into orders select n * 7 - 70000, n, 'n' || n from generate_series(1, 22000) n\
                """);
        SourceTable source = source(Mode.MERGE, "qty", List.of("id"));
        yard.load(source);
        for (int round = 0; round < 3; round++) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                long id = random.nextLong(-72_000, 86_000);
                postgres.sql(
                        switch (random.nextInt(3)) {
                            case 0 ->
                                    "delete from orders where id >= %d and id < %d + 9"
                                            .formatted(id, id);
                            case 1 ->
                                    "update orders set note = null where id >= %d and id < %d + 9"
                                            .formatted(id, id);
                            default ->
                                    "insert into orders values (%d, 1, 'x') on conflict do nothing"
                                            .formatted(id);
                        });
            }
            Verified all = yard.verify(source);

            Verified some = yard.verify(source, Depth.CHECKSUMS);

            assertThat(some.differences()).as("seed %d", seed).isEqualTo(all.differences());
            assertThat(some.counts()).as("seed %d", seed).isEqualTo(all.counts());
        }
    }

    @Test
    void goes_by_the_cursor_where_there_is_no_key() {
        postgres.sql(
                """
                create table orders (id bigint primary key, qty int);
                insert into orders select n, n from generate_series(1, 25000) n\
                """);
        SourceTable source = source(Mode.APPEND, "id", List.of());
        yard.load(source);
        postgres.sql(
                "insert into orders values (30000, 1); update orders set qty = 0 where id = 20000");

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(said(found)).isEqualTo("MISSING 1 []\nGONE 1 []");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(25_000, 25_000, 0, 1));
        assertThat(found.notes()).contains(parts(2, "3 parts", "2 differ and were"));
    }

    @Test
    void finds_other_columns_without_reading_a_row() {
        postgres.sql(
                "create table orders (id bigint primary key, qty int, old int); insert into orders values (1, 1, 1)");
        SourceTable source = source(Mode.MERGE, "id", List.of("id"));
        yard.load(source);
        postgres.sql("alter table orders add region text; alter table orders drop old");

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(found.differences()).isEmpty();
        assertThat(found.drift())
                .containsExactly(
                        "new column 'region' (varchar) in the source",
                        "column 'old' is not in the source");
    }

    @Test
    void reads_every_row_where_there_can_be_no_checksums() {
        postgres.sql(
                "create table orders (id text primary key, n bigint); insert into orders values ('a', 1)");
        SourceTable source = source(Mode.MERGE, "n", List.of("id"));
        yard.load(source);

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.notes())
                .containsExactly(
                        "every row was read: there are no checksums of a table without a whole number as key, or of this system");
    }

    @Test
    void parts_cover_every_number_once() {
        KeyGrid grid = KeyGrid.of("id", -10, 25, 4);

        assertThat(grid).isEqualTo(new KeyGrid("id", -10, 10, 4));
        assertThat(grid.ranges(List.of(-1L, 0L, 2L, 4L)).sql())
                .isEqualTo("(\"id\" < 0 or \"id\" >= 10 and \"id\" < 20 or \"id\" >= 30)");
        assertThat(grid.ranges(List.of(-1L, 0L, 1L, 2L, 3L, 4L)).sql()).isEqualTo("(true)");
        assertThat(grid.ranges(List.of()).sql()).isEqualTo("(false)");
        assertThat(KeyGrid.of("id", 5, 5, 1)).isEqualTo(new KeyGrid("id", 5, 1, 1));
        KeyGrid wide = KeyGrid.of("id", 0, Long.MAX_VALUE, 3);
        assertThat(wide.ranges(List.of(wide.parts())).sql())
                .isEqualTo("(\"id\" >= 9223372036854775812)");
    }
}
