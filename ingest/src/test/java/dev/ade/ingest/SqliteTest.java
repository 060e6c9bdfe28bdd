package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database that is read through plain JDBC, and whose values have types of their own.
class SqliteTest extends InYard {
    private String url = "";

    @BeforeEach
    void make() throws IOException, SQLException {
        yard.connect(Yard.databases());
        url = "jdbc:sqlite:" + yard.root().resolve("shop.db");
        write(
                """
                create table "odd orders" (id integer primary key, note text, score real,
                    updated_at datetime)\
                """);
    }

    private void write(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement writing = connection.createStatement()) {
            writing.execute(statement);
        }
    }

    private SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        Map<String, Object> settings = new HashMap<>(Map.of("jdbc", url));
        settings.putAll(more);
        if (!settings.containsKey("query")) {
            settings.putIfAbsent("table", "odd orders");
        }
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC,
                        settings,
                        mode,
                        List.of(key),
                        new RejectLimit(Long.MAX_VALUE, 1)));
    }

    private void insert(int id, String note, String updatedAt) throws SQLException {
        write(
                "insert into \"odd orders\" values (%d, '%s', 1, '%s')"
                        .formatted(id, note, updatedAt));
    }

    private List<String> rows() {
        return yard.sql("select id, note from shop.orders order by id");
    }

    @Test
    void reads_a_table_as_it_is_each_time() throws SQLException {
        write(
                "insert into \"odd orders\" values (1, 'a', 1.0 / 3, null), (2, null, -0.1, '2026-01-02 03:04:05.678901')");
        SourceTable source = source(Mode.REPLACE, Map.of());
        assertThat(yard.load(source).landed()).isEqualTo(2);
        assertThat(yard.sql("select id, note, score, updated_at from shop.orders order by id"))
                .containsExactly(
                        "1|a|0.3333333333333333|null", "2|null|-0.1|2026-01-02T03:04:05.678901");

        write("delete from \"odd orders\" where id = 1");
        yard.load(source);

        assertThat(yard.sql("select id from shop.orders")).containsExactly("2");
    }

    @Test
    void a_column_of_another_name_keeps_rows_that_the_table_no_longer_has() throws SQLException {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "id"));
        insert(1, "a", "2026-01-01 00:00:00");
        insert(2, "b", "2026-01-02 00:00:00");
        yard.load(source);
        write("delete from \"odd orders\" where id = 1");
        write("alter table \"odd orders\" rename column note to remark");
        SourceTable renamed = Sources.called(source, "remark", "note");

        Loaded loaded = yard.load(renamed);

        assertThat(loaded.drift()).containsExactly("column 'note' is called 'remark' from now on");
        insert(3, "c", "2026-01-03 00:00:00");
        assertThat(yard.drift(renamed)).isEmpty();
        assertThat(yard.load(renamed).read()).isEqualTo(1);
        assertThat(yard.sql("select id, remark from shop.orders order by id"))
                .containsExactly("1|a", "2|b", "3|c");
        assertThat(yard.look(renamed).isEmpty()).isTrue();
    }

    @Test
    void columns_that_were_read_apart_become_one() throws SQLException {
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
        insert(1, "a", "2026-01-01 00:00:00");
        yard.load(source);
        write("alter table \"odd orders\" rename column note to remark");
        insert(2, "b", "2026-01-02 00:00:00");
        yard.load(source);
        write("delete from \"odd orders\"");

        Loaded loaded = yard.load(Sources.called(source, "remark", "note"));

        assertThat(loaded.read()).isZero();
        assertThat(yard.sql("select id, remark from shop.orders order by id"))
                .containsExactly("1|a", "2|b");
    }

    @Test
    void compares_what_is_published_with_what_is_there_now() throws SQLException, IOException {
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "updated_at"), "id");
        insert(1, "a", "2026-01-01 00:00:00");
        insert(2, "b", "2026-01-02 00:00:00");
        insert(3, "c", "2026-01-03 00:00:00");
        yard.load(source);
        assertThat(yard.verify(source).isEqual()).isTrue();

        write("update \"odd orders\" set note = 'z' where id = 1");
        write("delete from \"odd orders\" where id = 2");
        insert(4, "d", "2026-01-04 00:00:00");
        Verified found = yard.verify(source);

        assertThat(said(found)).isEqualTo("GONE 1 [id=2]\nCHANGED 1 [id=1] note 1");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(3, 2, 0, 1));
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void appends_what_a_sequence_tells_to_be_new() throws SQLException {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "id"));
        insert(1, "a", "2026-01-01");
        yard.load(source);
        assertThat(yard.look(source).isEmpty()).isTrue();

        insert(9_000_000, "b", "2026-01-01");
        write("update \"odd orders\" set note = 'z' where id = 1");
        assertThat(yard.look(source).news()).contains("the largest id is another");
        Loaded more = yard.load(source);

        assertThat(more.read()).isEqualTo(1);
        assertThat(rows()).containsExactly("1|a", "9000000|b");
        assertThat(yard.look(source).isEmpty()).isTrue();
    }

    @Test
    void reads_no_more_rows_at_once_than_it_may() throws SQLException {
        SourceTable source =
                source(Mode.MERGE, Map.of("cursor", "updated_at", "rows_per_run", 2), "id");
        insert(1, "a", "2026-01-01 10:00:00");
        insert(2, "b", "2026-01-02 10:00:00");
        insert(3, "c", "2026-01-02 10:00:00");
        insert(4, "d", "2026-01-03 10:00:00");
        assertThat(yard.load(source).drift())
                .containsExactly("more rows wait at the source, as rows_per_run is 2: run again");
        assertThat(rows()).containsExactly("1|a", "2|b", "3|c");

        write("delete from \"odd orders\" where id = 1");
        assertThat(yard.load(source).drift()).isEmpty();
        assertThat(rows()).containsExactly("1|a", "2|b", "3|c", "4|d");
        assertThat(yard.look(source).isEmpty()).isTrue();
        assertThat(
                        yard.load(
                                        source(
                                                Mode.MERGE,
                                                Map.of("cursor", "id", "rows_per_run", 2),
                                                "id"))
                                .read())
                .as("what replaces all that readers have")
                .isEqualTo(3);
        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of("rows_per_run", 2))))
                .hasMessageContaining(
                        "mode replace reads everything, so rows_per_run says nothing");
    }

    @Test
    void follows_an_empty_table_from_its_first_row() throws SQLException {
        SourceTable source = source(Mode.APPEND, Map.of("cursor", "id"));
        assertThat(yard.load(source).landed()).isZero();
        insert(1, "a", "2026-01-01");
        yard.load(source);
        insert(2, "b", "2026-01-01");
        yard.load(source);

        assertThat(rows()).containsExactly("1|a", "2|b");
    }

    @Test
    void a_full_refresh_of_a_merge_under_another_declaration_gives_what_is_there_now()
            throws SQLException {
        insert(1, "a", "2026-01-01 00:00:00");
        insert(2, "b", "2026-01-02 00:00:00");
        Map<String, Object> cursor = Map.of("cursor", "updated_at");
        yard.load(source(Mode.MERGE, cursor, "id"));
        write("delete from \"odd orders\" where id = 1");
        Map<String, Object> other =
                Map.of(
                        "cursor",
                        "updated_at",
                        "query",
                        "select id, upper(note) as note, updated_at from \"odd orders\"");

        yard.load(source(Mode.MERGE, other, "id"));
        assertThat(rows()).as("what is gone, after another declaration").contains("1|a");
        yard.refresh(source(Mode.MERGE, cursor, "id"));
        assertThat(rows()).containsExactly("2|b");
    }

    @Test
    void merges_by_times_that_are_texts_with_an_overlap() throws SQLException {
        SourceTable source =
                source(Mode.MERGE, Map.of("cursor", "updated_at", "overlap", "1 hour"), "id");
        insert(1, "a", "2026-01-01 10:00:00");
        insert(2, "b", "2026-01-01 11:00:00");
        yard.load(source);

        insert(3, "late", "2026-01-01 10:30:00");
        insert(4, "too late", "2026-01-01 09:59:59");
        write(
                "update \"odd orders\" set note = 'c', updated_at = '2026-01-01 12:00:00' where id = 1");
        Loaded more = yard.load(source);

        assertThat(more.read()).isEqualTo(3);
        assertThat(rows()).containsExactly("1|c", "2|b", "3|late");
    }

    @Test
    void rejects_values_that_are_not_what_their_column_says() throws SQLException {
        write("create table loose (n int, b boolean, moment timestamp, d date, r real, t text)");
        write(
                """
                insert into loose values
                    (9223372036854775807, 1, '2026-01-02T03:04:05+01:00', '2026-01-02', 3, 4.5),
                    ('a', 1, null, null, 1, ''), (1.5, 1, null, null, 1, ''),
                    (4, 2, null, null, 1, ''), (5, 1, 1767323045, null, 1, ''),
                    (6, 1, '2026-01-02 03:04:05.1234567', null, 1, ''),
                    (7, 1, null, '2026-02-30', 1, ''), (8, 1, null, null, 'x', ''),
                    (9, 1, null, null, 7, ''), (10, 1, null, null, 1, x'00')\
                """);
        yard.load(source(Mode.REPLACE, Map.of("table", "loose")));

        assertThat(yard.sql("select n, b, moment, d, r, t from shop.orders order by n"))
                .containsExactly(
                        "9|true|null|null|7.0|",
                        "9223372036854775807|true|2026-01-02T02:04:05|2026-01-02|3.0|4.5");
    }

    @Test
    void stops_a_query_that_is_wanted_no_more() {
        long start = System.nanoTime();
        yard.progress(Stopping.once(() -> System.nanoTime() - start > 500_000_000));
        assertThatThrownBy(() ->
                        yard.load(
                                source(
                                        Mode.REPLACE,
                                        Map.of(
                                                "query",
                                                """
                                                with recursive n(id) as
                                                    (select 1 union all select id + 1 from n)
                                                select id from n where id < 0\
                                                """))))
                .hasMessage("Cancelled");
    }

    @Test
    void says_which_rows_cannot_be_followed_and_what_is_not_there() throws SQLException {
        write("insert into \"odd orders\" values (1, '', 1, null), (2, '', 1, 5)");
        assertThatThrownBy(
                        () -> yard.load(source(Mode.MERGE, Map.of("cursor", "updated_at"), "id")))
                .hasMessageContaining("2 rows cannot be followed");
        assertThatThrownBy(() -> yard.load(source(Mode.APPEND, Map.of("cursor", "score"))))
                .hasMessageContaining("cursor score is neither a number nor a time, but DOUBLE");
        assertThatThrownBy(() -> yard.load(source(Mode.APPEND, Map.of("cursor", "none"))))
                .hasMessageContaining("odd orders has no column none to follow");
        assertThatThrownBy(() -> yard.load(source(Mode.REPLACE, Map.of("table", "nothing"))))
                .hasMessageContaining("no such table: nothing")
                .hasMessageContaining("shop.orders");
        assertThatThrownBy(() ->
                        yard.load(source(Mode.REPLACE, Map.of("jdbc", "jdbc:sqlite:/no/such.db"))))
                .hasMessageContaining("Cannot load shop.orders from jdbc:sqlite:/no/such.db");
    }
}
