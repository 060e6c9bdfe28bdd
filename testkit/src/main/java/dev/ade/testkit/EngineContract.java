package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every `Engine` promises beside what its sessions do: names, locks and limits.
public abstract class EngineContract {
    private static final List<Field> ID = List.of(Field.of(1, "id", Type.Simple.BIGINT));
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(10), 1000);

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

    /// Opened anew for each test.
    protected final Engine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    @Test
    void finds_the_datasets_that_a_query_names() {
        assertThat(
                        engine().references(
                                        "with c as (select 1 from shop.a) select * from c join \"Shop\".b on true where x in (select y from q.w)"))
                .containsExactlyInAnyOrder(
                        TableName.parse("shop.a"),
                        TableName.parse("shop.b"),
                        TableName.parse("q.w"));
        assertThat(engine().references("select * from range(3)")).isEmpty();
        assertThatThrownBy(() -> engine().references("select 1 from where"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("Cannot read the query");
    }

    @Test
    void says_which_dataset_is_not_there() {
        try (Session session = engine().open(Relations.none())) {
            assertThatThrownBy(() -> SessionContract.rows(session, "select * from shop.nothing"))
                    .isInstanceOf(AdeException.class)
                    .hasMessage("Cannot read shop.nothing: there is no such dataset");
            assertThatThrownBy(() -> SessionContract.rows(session, "select * from nothing"))
                    .isInstanceOf(AdeException.class)
                    .hasMessage("Cannot read 'nothing': there is no such dataset")
                    .hasFieldOrPropertyWithValue(
                            "nextStep",
                            "Datasets are named with their domain, such as shop.orders; ade status lists them");
        }
    }

    @Test
    void sessions_do_not_see_each_other() {
        try (Session one = engine().open(Relations.none());
                Session other = engine().open(Relations.none())) {
            one.execute("create temp table t as select 1 as a");
            assertThatThrownBy(() -> SessionContract.rows(other, "select * from t"))
                    .isInstanceOf(AdeException.class);
            assertThat(SessionContract.rows(one, "select * from t")).containsExactly("1");
        }
    }

    @Test
    void names_itself() {
        assertThat(engine().version()).isNotBlank();
    }

    @Test
    void a_locked_session_reads_its_datasets_and_nothing_beside_them() throws IOException {
        Relations relations = written();
        Path beside = Files.writeString(folder.resolve("beside.csv"), "a\n1\n");
        try (Session session = engine().openLocked(relations, LIMITS)) {
            assertThat(SessionContract.rows(session, "select sum(id) from shop.t"))
                    .containsExactly("45");
        }
        for (String attempt :
                List.of("'%s'".formatted(beside), "read_text('%s')".formatted(beside))) {
            try (Session session = engine().openLocked(relations, LIMITS)) {
                String sql = "select * from %s, shop.t".formatted(attempt);
                assertThatThrownBy(() -> SessionContract.rows(session, sql))
                        .as(attempt)
                        .isInstanceOf(AdeException.class);
            }
        }
    }

    @Test
    void a_locked_session_cannot_be_talked_out_of_its_lock() {
        for (String attempt :
                List.of(
                        "select * from read_text('/etc/passwd')",
                        "select * from glob('/etc/*')",
                        "select getenv('HOME')",
                        "select * from enable_logging('QueryLog')",
                        "select * from system.main.\"Enable_Profiling\"()",
                        "select * from range(3), query('select 1')",
                        "select (select count(*) from duckdb_logs())",
                        "from force_checkpoint()",
                        "set memory_limit = '1GB'",
                        "copy (select 1) to '/tmp/x'",
                        "attach '/tmp/x.db'",
                        "select 1; select 2",
                        "create table x as select 1",
                        "pragma database_list",
                        "install httpfs")) {
            try (Session session = engine().openLocked(Relations.none(), LIMITS)) {
                assertThatThrownBy(() -> SessionContract.rows(session, attempt))
                        .as(attempt)
                        .isInstanceOf(AdeException.class);
            }
        }
    }

    @Test
    void a_locked_session_writes_what_it_could_have_read() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "of somebody else");
        Path out = folder.resolve("out.csv");
        try (Session session = engine().openLocked(written(), LIMITS)) {
            assertThat(export(session, "select count(*) as n from shop.t", out)).isEqualTo(1);
        }
        assertThat(Files.readAllLines(out)).containsExactly("n", "10");
        for (String attempt :
                List.of(
                        "select * from read_text('%s')",
                        "select * from query(case when current_setting('enable_external_access')::varchar = 'true'"
                                + " then 'select content from read_text(''%s'')' else 'select 1' end)",
                        "from '%s'")) {
            try (Session session = engine().openLocked(Relations.none(), LIMITS)) {
                assertThatThrownBy(() -> export(session, attempt.formatted(secret), out))
                        .as(attempt)
                        .isInstanceOf(AdeException.class);
            }
        }
        assertThat(Files.readAllLines(out)).as("left alone").containsExactly("n", "10");
        try (Session session = engine().openLocked(Relations.none(), LIMITS)) {
            assertThat(export(session, "select 7 as x", out)).isEqualTo(1);
        }
        assertThat(Files.readAllLines(out)).containsExactly("x", "7");
        try (Session session = engine().openLocked(Relations.none(), LIMITS)) {
            Path nowhere = folder.resolve("none/out.csv");
            assertThatThrownBy(() -> export(session, "select 7 as x", nowhere))
                    .hasMessageStartingWith("Cannot write to " + nowhere);
        }
    }

    @Test
    void a_query_writes_nothing() throws IOException {
        Relations relations = written();
        Path data = dataOf("shop.t10");
        byte[] before = Files.readAllBytes(data);
        String attempt =
                "with c as (copy (select 666 as id) to '%s' (format parquet, use_tmp_file false)) select count(*) from shop.t"
                        .formatted(data);
        try (Session session = engine().openLocked(relations, LIMITS)) {
            assertThatThrownBy(() -> SessionContract.rows(session, attempt))
                    .hasMessage("Cannot run the query: it has a WITH that writes (copy)");
        }
        try (Session session = engine().open(relations)) {
            assertThatThrownBy(() -> SessionContract.rows(session, attempt))
                    .isInstanceOf(AdeException.class);
        }
        assertThat(Files.readAllBytes(data)).isEqualTo(before);
        for (String statement :
                List.of(
                        "insert into shop.t values (1)",
                        "update shop.t set id = 1",
                        "delete from shop.t")) {
            String writing = "with c as (%s returning *) select 1".formatted(statement);
            assertThatThrownBy(() -> engine().references(writing))
                    .as(statement)
                    .hasMessageContaining("a WITH that writes");
        }
    }

    private Path dataOf(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private static long export(Session session, String select, Path file) {
        return session.export(select, file.toString(), Session.ExportFormat.CSV, Map.of());
    }

    @Test
    void a_locked_session_stops_in_time() {
        QueryLimits limits = new QueryLimits(Duration.ofMillis(200), 10);
        try (Session session = engine().openLocked(Relations.none(), limits)) {
            assertThatThrownBy(() ->
                            SessionContract.rows(
                                    session,
                                    "select count(*) from range(10000000000) a, range(1000) b"))
                    .hasMessageContaining("Cannot finish the query within PT0.2S");
        }
        try (Session session = engine().openLocked(Relations.none(), limits)) {
            Path out = folder.resolve("out.csv");
            assertThatThrownBy(() ->
                            export(
                                    session,
                                    "select count(*) from range(10000000000) a, range(1000) b",
                                    out))
                    .hasMessageContaining("Cannot finish the query within PT0.2S");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void a_locked_query_that_is_cancelled_says_so() {
        try (Session session = engine().openLocked(Relations.none(), LIMITS)) {
            // It does not matter whether the query has begun.
            session.cancel();
            assertThatThrownBy(() ->
                            SessionContract.rows(
                                    session,
                                    "select sum(a.i * b.i) from range(1000000) a(i), range(1000000) b(i)"))
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.CANCELLED))
                    .hasMessage("Cancelled");
        }
    }

    @Test
    void a_locked_session_cuts_at_its_limit_and_says_so() {
        QueryLimits limits = new QueryLimits(Duration.ofSeconds(10), 10);
        try (Session session = engine().openLocked(Relations.none(), limits);
                Cursor cursor = session.query("select * from range(1000)")) {
            assertThat(cursor.all(1000)).hasSize(10);
            assertThat(cursor.isCut()).isTrue();
        }
    }

    @Test
    void each_locked_session_reads_what_its_own_names_stand_for() {
        Relations before = written();
        Relations after = written("shop.t", 100);
        String sum = "select sum(id) from shop.t";
        try (Session early = engine().openLocked(before, LIMITS);
                Cursor rows = early.query("select id from shop.t order by id")) {
            assertThat(rows.next()).containsExactly(0L);
            try (Session late = engine().openLocked(after, LIMITS)) {
                assertThat(SessionContract.rows(late, sum)).containsExactly("4950");
            }
            assertThat(rows.all(100)).hasSize(9);
        }
        try (Session again = engine().openLocked(before, LIMITS)) {
            assertThat(SessionContract.rows(again, sum)).containsExactly("45");
        }
        try (Session nothing = engine().openLocked(Relations.none(), LIMITS)) {
            assertThatThrownBy(() -> SessionContract.rows(nothing, sum))
                    .hasMessage("Cannot read shop.t: there is no such dataset");
        }
    }

    @Test
    void a_locked_session_does_without_what_was_asked_for_before_and_is_gone() throws IOException {
        Relations gone = written();
        try (Session session = engine().openLocked(gone, LIMITS)) {
            assertThat(SessionContract.rows(session, "select count(*) from shop.t"))
                    .containsExactly("10");
        }
        Relations other = written("shop.other", 5);
        Relations both = ScanOf.both(gone, other);
        try (Stream<Path> files = Files.walk(folder.resolve("shop.t10"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (Session session = engine().openLocked(both, LIMITS)) {
            assertThat(SessionContract.rows(session, "select count(*) from shop.other"))
                    .containsExactly("5");
        }
    }

    /// `shop.t` with the numbers 0 to 9.
    private Relations written() {
        return written("shop.t", 10);
    }

    private Relations written(String name, int rows) {
        FileTarget target =
                new FileTarget(folder.resolve(name + rows).toString(), ID, Layout.PLAIN, 1 << 28);
        try (Session session = engine().open(Relations.none())) {
            List<WrittenFile> files =
                    session.write("select range from range(%d)".formatted(rows), target);
            return ScanOf.files(name, ID, files);
        }
    }
}
