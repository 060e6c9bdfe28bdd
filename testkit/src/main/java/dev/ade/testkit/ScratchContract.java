package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every `Engine` promises of its scratches: they do as they like, and nobody notices.
public abstract class ScratchContract {
    private static final List<Field> ID = List.of(Field.of(1, "id", Type.Simple.BIGINT));
    private static final TableName T = TableName.parse("shop.t");

    protected @TempDir Path folder = Path.of("");

    private @org.jspecify.annotations.Nullable Engine engine;

    /// @param scratch where it may spill
    protected abstract Engine open(Path scratch);

    @BeforeEach
    void start() {
        engine = open(folder.resolve("scratch"));
    }

    @AfterEach
    void stop() {
        engine().close();
    }

    private Engine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    @Test
    void makes_changes_and_drops_tables_of_its_own() {
        Relations relations = written();
        try (Session session = engine().openScratch(relations, Set.of(T), "main", List.of())) {
            session.execute("create schema work");
            session.execute("create table work.t as select * from shop.t where id < 5");
            session.execute("begin; insert into work.t select id + 100 from shop.t; commit");
            session.execute("delete from work.t where id between 1 and 4");
            session.execute("alter table work.t rename to u");
            session.execute("drop view shop.t; alter table work.u add column name varchar");
            assertThat(rows(session, "select count(*), sum(id) from ade.work.u"))
                    .containsExactly("11|1045");
        }
        try (Session session = engine().openScratch(relations, Set.of(T), "main", List.of())) {
            assertThat(rows(session, "select count(*) from shop.t")).containsExactly("10");
            assertThat(rows(session, "select count(*) from duckdb_tables()")).containsExactly("0");
        }
    }

    @Test
    void reads_no_dataset_but_those_it_was_given() {
        try (Session session = engine().openScratch(written(), Set.of(), "main", List.of())) {
            assertThatThrownBy(() -> rows(session, "select * from shop.t"))
                    .isInstanceOf(AdeException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void gives_what_it_made_as_files_of_a_table() throws IOException {
        Path there = folder.resolve("there");
        try (Session session = scratch(Set.of(T))) {
            session.execute("create table made as select id * 2 as id from shop.t");
            List<WrittenFile> files =
                    session.write(
                            "select * from made",
                            new FileTarget(there.toString(), ID, Layout.PLAIN, 1 << 28));
            assertThat(files)
                    .allSatisfy(file -> assertThat(file.path()).startsWith(there.toString()));
            assertThat(files).extracting(WrittenFile::rows).containsExactly(10L);
            Relations made = ScanOf.files("shop.made", ID, files);
            try (Session reader = engine().open(made)) {
                assertThat(rows(reader, "select sum(id) from shop.made")).containsExactly("90");
            }
        }
        try (Stream<Path> left = Files.list(folder.resolve("scratch/spill/scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void runs_first_what_it_is_prepared_with() {
        try (Session session =
                engine().openScratch(
                                Relations.none(),
                                Set.of(),
                                "estate",
                                List.of("create macro twice(x) as 2 * x", "set variable n = 4"))) {
            assertThat(rows(session, "select twice(getvariable('n'))")).containsExactly("8");
            session.execute("create table t as select 1 as a");
            assertThat(rows(session, "select * from estate.t")).containsExactly("1");
            assertThat(session.execute("insert into t select range from range(3); select 1"))
                    .isEqualTo(3);
        }
    }

    @Test
    void cannot_be_talked_out_of_its_folder() throws IOException {
        Path beside = Files.writeString(folder.resolve("beside.csv"), "a\n1\n");
        Relations relations = written();
        String data = file(folder.resolve("shop.t"));
        byte[] before = Files.readAllBytes(Path.of(data));
        List<String> attempts =
                List.of(
                        "select * from '%s'".formatted(beside),
                        "select * from read_text('%s')".formatted(beside),
                        "create table x as select * from read_csv('%s')".formatted(beside),
                        "select * from glob('/etc/*')",
                        "select getenv('HOME')",
                        "copy (select 1) to '%s'".formatted(data),
                        "select 1; copy (select 1) to '%s'".formatted(data),
                        "/* /* */ */ copy (select 1) to '%s'".formatted(data),
                        "select e'\\'; copy (select 1) to '%s'; --'".formatted(data),
                        "select $$'$$; copy (select 1) to '%s'; --'".formatted(data),
                        "select e'\\''; copy (select 1) to $$%s$$; select ''".formatted(data),
                        "select \"a\"\"; copy (select 1) to '%s'; --\"".formatted(data),
                        "with x as (select 1) copy x to '%s'".formatted(data),
                        "with x as (copy (select 1) to '%s' (use_tmp_file false)) select 1"
                                .formatted(data),
                        "create table y as with x(a) AS NOT MATERIALIZED (Copy (select 1) to '%s' (use_tmp_file false)) select 1"
                                .formatted(data),
                        "create macro m() as table with x as (/**/copy (select 1) to '%s' (use_tmp_file false)) select 1; from m()"
                                .formatted(data),
                        "explain analyze copy (select 1) to '%s'".formatted(data),
                        "prepare p as copy (select 1) to '%s'; execute p".formatted(data),
                        "export database '%s'".formatted(folder.resolve("out")),
                        "attach '%s' as other".formatted(folder.resolve("other.db")),
                        "attach ':memory:' as other",
                        "create or replace persistent secret s (type s3, key_id 'a', secret 'b')",
                        "set enable_external_access = true",
                        "reset lock_configuration",
                        "pragma database_list",
                        "call pragma_version()",
                        "update extensions",
                        "install httpfs",
                        "load httpfs");
        for (String attempt : attempts) {
            try (Session session = engine().openScratch(relations, Set.of(T), "main", List.of())) {
                assertThatThrownBy(() -> session.execute(attempt))
                        .as(attempt)
                        .isInstanceOf(AdeException.class);
            }
        }
        assertThat(Files.readAllBytes(Path.of(data))).isEqualTo(before);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("other.db")).doesNotExist();
    }

    @Test
    void says_what_it_does_not_run() {
        try (Session session = scratch(Set.of())) {
            assertThatThrownBy(() -> session.execute("select 1; copy (select 1) to 'x'"))
                    .hasMessage(
                            "Cannot run 'copy select …' while a materialization makes a dataset: it may work on tables and views, and nothing else");
            assertThatThrownBy(() -> session.execute("select 'a"))
                    .hasMessage("Cannot read the statement: a text or name in it does not end");
            assertThatThrownBy(() -> session.describe("drop table x"))
                    .isInstanceOf(AdeException.class);
        }
    }

    @Test
    void texts_and_names_mean_what_they_meant() {
        try (Session session = scratch(Set.of())) {
            assertThat(
                            rows(
                                    session,
                                    """
                                    select 'it''s;', e'a\\n\\'b', $x$c'd;$x$, '\\' -- ; no
                                        as "we""ird; name" /* ; /* */ */, date'2026-01-02', 3 -- ;
                                    """))
                    .containsExactly("it's;|a\n'b|c'd;|\\|2026-01-02|3");
        }
    }

    private Session scratch(Set<TableName> readable) {
        Relations relations = readable.isEmpty() ? Relations.none() : written();
        return engine().openScratch(relations, readable, "main", List.of());
    }

    private static List<String> rows(Session session, String sql) {
        return SessionContract.rows(session, sql);
    }

    private static String file(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `shop.t` with the numbers 0 to 9.
    private Relations written() {
        FileTarget target =
                new FileTarget(folder.resolve("shop.t").toString(), ID, Layout.PLAIN, 1 << 28);
        try (Session session = engine().open(Relations.none())) {
            return ScanOf.files("shop.t", ID, session.write("select range from range(10)", target));
        }
    }
}
