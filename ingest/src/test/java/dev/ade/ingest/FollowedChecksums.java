package dev.ade.ingest;

import static dev.ade.ingest.Verifications.parts;
import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Comparing a table that is followed by checksums that its server makes.
abstract class FollowedChecksums extends InFollowed {
    private static final String NEWS = "the next load finds something: the table changed";

    abstract void sql(String statements);

    /// What rows are made of: a column `seq` with the numbers from 1 on.
    abstract String numbers(int last);

    /// A name, of which upper case stays.
    abstract String quoted(String name);

    /// What the server keeps for those who follow.
    abstract String kept();

    private Verified verify(SourceTable source) {
        return yard.verify(source, Depth.CHECKSUMS);
    }

    /// In three parts.
    private void make() {
        sql(
                """
                drop table if exists orders;
                create table orders (id bigint primary key, qty int, score double precision);
                insert into orders select seq, seq, 0.5 from %s;
                """
                        .formatted(numbers(30_010)));
    }

    @Test
    void reads_only_parts_with_rows_that_are_not_followed_yet() throws IOException {
        make();
        load(source());
        Verified equal = verify(source());
        assertThat(equal.isEqual()).isTrue();
        assertThat(equal.counts()).isEqualTo(new Verified.Counts(30_010, 30_010, 0, 0));
        assertThat(equal.notes())
                .containsExactly(
                        parts(2, "3 parts", "0 differ and were"),
                        "compared only in rows that were read: score");
        sql(
                """
                update orders set score = 0.25 where id = 3;
                update orders set qty = -1, score = 0.25 where id = 15000;
                delete from orders where id = 29999;
                """);
        String kept = kept();

        Verified found = verify(source());

        assertThat(said(found)).isEqualTo("GONE 1 [id=29999]\nCHANGED 1 [id=15000] qty 1 score 1");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(30_010, 30_009, 0, 0));
        assertThat(found.notes()).contains(parts(2, "3 parts", "2 differ and were"), NEWS);
        assertThat(kept()).isEqualTo(kept);
        assertThat(load(source()).read()).isEqualTo(3);
        assertThat(verify(source()).notes()).contains(parts(2, "3 parts", "0 differ and were"));
        assertThat(yard.verify(source()).isEqual()).isTrue();
    }

    @Test
    void finds_a_row_that_was_changed_where_it_is_published() throws IOException {
        make();
        load(source());
        yard.falsify(
                source(),
                "select * replace (case id when 15000 then -1 else qty end as qty) from shop.orders where id <> 15001");

        Verified found = verify(source());

        assertThat(said(found)).isEqualTo("MISSING 1 [id=15001]\nCHANGED 1 [id=15000] qty 1");
        assertThat(found.notes())
                .contains(parts(2, "3 parts", "1 differs and was"))
                .doesNotContain(NEWS);
        sql("update orders set qty = 0 where id = 1; delete from orders where id = 15001");
        assertThat(load(source()).read()).isEqualTo(2);
        assertThat(said(verify(source()))).isEqualTo("CHANGED 1 [id=15000] qty 1");
        yard.refresh(source());
        assertThat(verify(source()).isEqual()).isTrue();
    }

    @Test
    void takes_a_key_with_upper_case_that_the_database_knows() throws IOException {
        sql(
                """
                drop table if exists orders;
                create table orders (%1$s bigint primary key, qty int);
                insert into orders (%1$s, qty) values (1, 10), (2, 20);
                """
                        .formatted(quoted("Id")));
        load(source());
        assertThat(verify(source()).notes())
                .containsExactly(parts(2, "1 part", "0 differ and were"));

        sql("update orders set qty = 0 where %s = 2".formatted(quoted("Id")));

        assertThat(said(verify(source()))).isEqualTo("CHANGED 1 [Id=2] qty 1");
    }

    @Test
    void reads_every_row_where_there_can_be_no_checksums() throws IOException {
        sql(
                """
                drop table if exists orders;
                create table orders (a int, b int, primary key (a, b)); insert into orders values (1, 1);
                """);
        load(source());

        Verified found = verify(source());

        assertThat(found.isEqual()).isTrue();
        assertThat(found.notes())
                .containsExactly(
                        "every row was read: there are no checksums of a table without a whole number as key, or of this system");
        SourceTable history = Sources.of("shop.history", source(Mode.APPEND, Map.of()).load());
        load(history);
        assertThatThrownBy(() -> verify(history))
                .hasMessage(
                        "Cannot compare shop.history with its source: it holds every change, the source only what became of them");
    }
}
