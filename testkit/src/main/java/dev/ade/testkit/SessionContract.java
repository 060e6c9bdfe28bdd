package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.SurrogateKey;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every `Session` with full power promises, in the SQL that models are written in.
public abstract class SessionContract {
    private static final WrittenFile.ColumnStats NO_STATS =
            new WrittenFile.ColumnStats(0, 0, 0, null, null);
    private static final String ENDLESS =
            "select count(*) from range(10000000000) a, range(1000) b where a.range % 7 = b.range % 11";

    protected @TempDir Path folder = Path.of("");

    /// @param scratch where it may spill
    protected abstract Engine open(Path scratch);

    @Test
    void gives_values_as_the_classes_that_cursors_promise() {
        run(session -> {
            try (Cursor cursor =
                    session.query(
                            """
                            select true, 1::integer, 2::bigint, 1.5::double, 2.50::decimal(10,2), 'a',
                              date '2026-01-02', timestamp '2026-01-02 03:04:05',
                              timestamptz '2026-01-02 03:04:05+00',
                              uuid 'f49bf33f-7416-4d6e-b7f6-5be1de480406', [1, 2], {'a': 1}, null
                            """)) {
                assertThat(cursor.next())
                        .containsExactly(
                                true,
                                1,
                                2L,
                                1.5,
                                new BigDecimal("2.50"),
                                "a",
                                LocalDate.of(2026, 1, 2),
                                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                                Instant.parse("2026-01-02T03:04:05Z"),
                                UUID.fromString("f49bf33f-7416-4d6e-b7f6-5be1de480406"),
                                List.of(1, 2),
                                Map.of("a", 1),
                                null);
                assertThat(cursor.next()).isNull();
                assertThat(cursor.isCut()).isFalse();
            }
        });
    }

    @Test
    void binds_parameters_rather_than_pastes_them() {
        run(session -> {
            try (Cursor cursor =
                    session.query(
                            "select ? as a, ? + 1 as b", List.of("it's; drop table x", 41L))) {
                assertThat(cursor.next()).containsExactly("it's; drop table x", 42L);
            }
        });
    }

    @Test
    void says_why_rows_cannot_be_had() {
        run(session -> {
            assertThatThrownBy(() ->
                            read(
                                    session,
                                    "select case when range = ? then error('not this one') end from range(100000)",
                                    List.of(99_999L)))
                    .hasMessageContaining("not this one");
            assertThatThrownBy(() -> read(session, "from (select cast('x' as int))", List.of()))
                    .hasMessageContaining("Could not convert string 'x' to INT32");
        });
    }

    private static void read(Session session, String sql, List<Object> parameters) {
        try (Cursor cursor = session.query(sql, parameters)) {
            cursor.all(100_000);
        }
    }

    @Test
    void describes_without_running() {
        run(session -> {
            assertThat(session.describe("select 1::bigint as id, error('ran')::varchar as boom"))
                    .isEqualTo(
                            Schema.of(
                                    new Column("id", Type.Simple.BIGINT),
                                    new Column("boom", Type.Simple.VARCHAR)));
            assertThatThrownBy(() -> session.describe("select nowhere from (select 1 as here)"))
                    .isInstanceOf(AdeException.class)
                    .hasMessageContaining("nowhere");
        });
    }

    @Test
    void stages_rows_of_every_type_it_gives() {
        Schema schema =
                Schema.of(
                        new Column("a", Type.Simple.BIGINT),
                        new Column("b", Type.Simple.VARCHAR),
                        new Column("c", Type.Simple.TIMESTAMPTZ),
                        new Column("d", new Type.ListOf(Type.Simple.DOUBLE)),
                        new Column("e", Type.Simple.BLOB));
        run(session -> {
            session.stage(
                    "t",
                    schema,
                    List.of(
                            Arrays.asList(
                                    1L,
                                    "it's",
                                    Instant.parse("2026-01-01T00:00:00Z"),
                                    List.of(1.5, 2.5),
                                    new byte[] {0, -1}),
                            Arrays.asList(null, null, null, null, null)));
            assertThat(rows(session, "select a, b, c, d, hex(e) from t order by a nulls last"))
                    .containsExactly(
                            "1|it's|2026-01-01T00:00:00Z|[1.5, 2.5]|00FF",
                            "null|null|null|null|null");
        });
    }

    @Test
    void says_the_least_and_greatest_of_booleans() {
        List<Field> fields =
                List.of(
                        Field.of(1, "never", Type.Simple.BOOLEAN),
                        Field.of(2, "mixed", Type.Simple.BOOLEAN),
                        Field.of(3, "always", Type.Simple.BOOLEAN));
        try (Engine engine = open(folder.resolve("scratch"));
                Session session = engine.open(Relations.none())) {
            List<WrittenFile> files =
                    session.write("select false, range > 4, true from range(10)", target(fields));
            List<String> bounds =
                    fields.stream()
                            .map(field ->
                                    files.getFirst().columns().getOrDefault(field.id(), NO_STATS))
                            .map(stats -> stats.min() + " to " + stats.max())
                            .toList();
            assertThat(bounds).containsExactly("false to false", "false to true", "true to true");
        }
    }

    @Test
    void writes_files_with_statistics_and_reads_them_back() {
        List<Field> fields =
                List.of(
                        Field.of(1, "id", Type.Simple.BIGINT),
                        Field.of(2, "ts", Type.Simple.TIMESTAMP),
                        Field.of(3, "amount", new Type.Decimal(10, 2)));
        String select =
                "select range, timestamp '2026-01-01' + to_days(range::int), range / 4 from range(10)";
        try (Engine engine = open(folder.resolve("scratch"))) {
            List<WrittenFile> files;
            try (Session session = engine.open(Relations.none())) {
                files = session.write(select, target(fields));
            }
            assertThat(files).hasSize(1);
            assertThat(files.getFirst().rows()).isEqualTo(10);
            WrittenFile.ColumnStats id = files.getFirst().columns().getOrDefault(1, NO_STATS);
            assertThat(List.of(id.values(), id.nulls())).containsExactly(10L, 0L);
            assertThat(List.of(String.valueOf(id.min()), String.valueOf(id.max())))
                    .containsExactly("0", "9");
            try (Session session = engine.open(ScanOf.files("shop.t", fields, files))) {
                assertThat(rows(session, "select sum(id), max(ts), sum(amount) from shop.t"))
                        .containsExactly("45|2026-01-10T00:00|11.25");
            }
        }
    }

    @Test
    void leaves_nothing_behind_where_a_write_fails() {
        FileTarget target = target(List.of(Field.of(1, "id", Type.Simple.BIGINT)));
        run(session -> {
            assertThatThrownBy(() ->
                            session.write(
                                    "select case when range = 99999 then error('no') else range end from range(100000)",
                                    target))
                    .isInstanceOf(AdeException.class);
            assertThat(files(Path.of(target.folder()))).isEmpty();
        });
    }

    @Test
    void partitions_by_month_without_storing_the_transform() {
        List<Field> fields =
                List.of(
                        Field.of(1, "id", Type.Simple.INTEGER),
                        Field.of(2, "day", Type.Simple.DATE));
        FileTarget target =
                new FileTarget(
                        folder.resolve("p").toString(),
                        fields,
                        new Layout(List.of(Layout.Partition.parse("month(day)")), List.of()),
                        1 << 28);
        run(session ->
                assertThat(
                                session.write(
                                        "select range::int, date '1970-01-15' + (range * 31)::int from range(3)",
                                        target))
                        .extracting(file -> file.partition().getFirst())
                        .containsExactlyInAnyOrder(0, 1, 2));
    }

    @Test
    void functions_of_java_are_called_by_name() {
        run(session -> {
            session.register(new AsUuid());
            assertThat(
                            rows(
                                    session,
                                    "select as_uuid('f49bf33f-7416-4d6e-b7f6-5be1de480406'),"
                                            + " as_uuid('049bf33f-7416-4d6e-b7f6-5be1de480406'), as_uuid(null)"))
                    .containsExactly(
                            "f49bf33f-7416-4d6e-b7f6-5be1de480406|049bf33f-7416-4d6e-b7f6-5be1de480406|null");
        });
    }

    @Test
    void many_sessions_take_the_same_function_side_by_side() {
        try (Engine engine = open(folder.resolve("scratch"))) {
            List<String> answers =
                    IntStream.range(0, 2_000)
                            .parallel()
                            .mapToObj(_ -> {
                                try (Session session = engine.open(Relations.none())) {
                                    session.register(new AsUuid());
                                    return rows(session, "select as_uuid(null) is null").getFirst();
                                }
                            })
                            .distinct()
                            .toList();
            assertThat(answers).containsExactly("true");
        }
    }

    private static final class AsUuid implements ValueFunction {
        @Override
        public String name() {
            return "as_uuid";
        }

        @Override
        public Type argument() {
            return Type.Simple.VARCHAR;
        }

        @Override
        public Type result() {
            return Type.Simple.UUID;
        }

        @Override
        public @Nullable Object apply(Object value) {
            return UUID.fromString((String) value);
        }
    }

    @Test
    void surrogate_keys_are_the_same_in_sql_and_java() {
        String parts = SurrogateKey.sql(List.of("'SEA'", "42", "null"));
        String numbers = "select %s from range(100) r(i)".formatted(SurrogateKey.sql(List.of("i")));
        run(session -> {
            assertThat(rows(session, "select " + parts))
                    .containsExactly(SurrogateKey.of(Arrays.asList("SEA", "42", null)).toString());
            assertThat(rows(session, numbers))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100)
                                    .mapToObj(i -> SurrogateKey.of(List.of("" + i)).toString())
                                    .toList());
        });
    }

    @Test
    void exports_for_people() throws IOException {
        Path file = folder.resolve("out.csv");
        run(session ->
                assertThat(
                                session.export(
                                        "select range as id from range(3)",
                                        file.toString(),
                                        Session.ExportFormat.CSV,
                                        Map.of("HEADER", "true")))
                        .isEqualTo(3));
        assertThat(Files.readAllLines(file)).containsExactly("id", "0", "1", "2");
    }

    @Test
    void a_cancelled_statement_says_so_and_the_session_goes_on() throws Exception {
        try (Engine engine = open(folder.resolve("scratch"));
                Session session = engine.open(Relations.none());
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<List<String>> endless = thread.submit(() -> rows(session, ENDLESS));
            cancelUntilDone(session, endless);

            assertThatThrownBy(endless::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e ->
                                    assertThat(e.kind())
                                            .as(e.explain())
                                            .isEqualTo(AdeException.Kind.CANCELLED));
            assertThat(rows(session, "select 1")).containsExactly("1");
        }
    }

    private static void cancelUntilDone(Session session, Future<?> statement)
            throws InterruptedException {
        while (!statement.isDone()) {
            session.cancel();
            try {
                statement.get(10, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // It had not begun when it was cancelled: again.
            } catch (ExecutionException _) {
                return;
            }
        }
    }

    /// Work with a session of its own.
    protected final void run(Work work) {
        try (Engine engine = open(folder.resolve("scratch"));
                Session session = engine.open(Relations.none())) {
            work.with(session);
        }
    }

    @FunctionalInterface
    protected interface Work {
        void with(Session session);
    }

    private FileTarget target(List<Field> fields) {
        return new FileTarget(folder.resolve("t").toString(), fields, Layout.PLAIN, 1 << 28);
    }

    private static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Rows of a query, each as its values joined by `|`.
    protected static List<String> rows(Session session, String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(1000).stream()
                    .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                    .toList();
        }
    }
}
