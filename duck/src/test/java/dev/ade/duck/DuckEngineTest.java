package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.SurrogateKey;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Bound;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import dev.ade.spi.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckEngineTest {
    private static final WrittenFile.ColumnStats NO_STATS =
            new WrittenFile.ColumnStats(0, 0, 0, null, null);

    private @TempDir Path folder = Path.of("");
    private Engine engine = new DuckEngine(settings(Path.of("")));

    @BeforeEach
    void start() {
        engine = new DuckEngine(settings(folder));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void writes_files_with_statistics_and_reads_them_back() {
        List<Field> fields =
                List.of(
                        Field.of(1, "id", Type.Simple.BIGINT),
                        Field.of(2, "ts", Type.Simple.TIMESTAMP),
                        Field.of(3, "amount", new Type.Decimal(10, 2)));
        FileTarget target =
                new FileTarget(folder.resolve("t").toString(), fields, Layout.PLAIN, 1 << 28);
        List<WrittenFile> files;
        try (Session session = engine.open(Relations.none())) {
            files =
                    session.write(
                            "select range, timestamp '2026-01-01' + to_days(range::int), range / 4 from range(10)",
                            target);
        }

        assertThat(files).hasSize(1);
        assertThat(files.getFirst().rows()).isEqualTo(10);
        assertThat(files.getFirst().columns().get(1))
                .isEqualTo(
                        new WrittenFile.ColumnStats(
                                files.getFirst().columns().getOrDefault(1, NO_STATS).bytes(),
                                10,
                                0,
                                0L,
                                9L));
        try (Session session = engine.open(one("shop.t", fields, files))) {
            assertThat(rows(session, "select sum(id), max(ts), sum(amount) from shop.t"))
                    .containsExactly("45|2026-01-10T00:00|11.25");
        }
    }

    @Test
    void gives_types_that_no_table_holds_as_text() {
        try (Session session = engine.open(Relations.none())) {
            assertThat(
                            rows(
                                    session,
                                    "select timestamp '2026-01-03' - timestamp '2026-01-01', 'a'::enum('a', 'b)'),"
                                            + " '101'::bit, {'age': interval 1 hour}, union_value(n := 1)"))
                    .containsExactly("2 days|a|101|{age=01:00:00}|1");
            assertThat(session.describe("select interval 1 day as age").columns().getFirst().type())
                    .isEqualTo(Type.Simple.VARCHAR);
        }
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
        try (Session session = engine.open(Relations.none())) {
            List<WrittenFile> files =
                    session.write(
                            "select range::int, date '1970-01-15' + (range * 31)::int from range(3)",
                            target);
            assertThat(files)
                    .extracting(file -> file.partition().getFirst())
                    .containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void functions_of_java_are_called_by_name() {
        ValueFunction function =
                new ValueFunction() {
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
                };
        try (Session session = engine.open(Relations.none())) {
            session.register(function);
            assertThat(
                            rows(
                                    session,
                                    "select as_uuid('f49bf33f-7416-4d6e-b7f6-5be1de480406'),"
                                            + " as_uuid('049bf33f-7416-4d6e-b7f6-5be1de480406'), as_uuid(null)"))
                    .containsExactly(
                            "f49bf33f-7416-4d6e-b7f6-5be1de480406|049bf33f-7416-4d6e-b7f6-5be1de480406|null");
        }
    }

    @Test
    void stages_rows_of_every_type_it_gives() {
        Schema schema =
                Schema.of(
                        new dev.ade.model.Column("a", Type.Simple.BIGINT),
                        new dev.ade.model.Column("b", Type.Simple.VARCHAR),
                        new dev.ade.model.Column("c", Type.Simple.TIMESTAMPTZ),
                        new dev.ade.model.Column("d", new Type.ListOf(Type.Simple.DOUBLE)),
                        new dev.ade.model.Column("e", Type.Simple.BLOB));
        try (Session session = engine.open(Relations.none())) {
            session.stage(
                    "t",
                    schema,
                    List.of(
                            Arrays.asList(
                                    1L,
                                    "it's",
                                    java.time.Instant.parse("2026-01-01T00:00:00Z"),
                                    List.of(1.5, 2.5),
                                    new byte[] {0, -1}),
                            Arrays.asList(null, null, null, null, null)));
            assertThat(rows(session, "select a, b, c, d, hex(e) from t order by a nulls last"))
                    .containsExactly(
                            "1|it's|2026-01-01T00:00:00Z|[1.5, 2.5]|00FF",
                            "null|null|null|null|null");
        }
    }

    @Test
    void surrogate_keys_are_the_same_in_sql_and_java() {
        try (Session session = engine.open(Relations.none())) {
            assertThat(rows(session, "select " + SurrogateKey.sql(List.of("'SEA'", "42", "null"))))
                    .containsExactly(SurrogateKey.of(Arrays.asList("SEA", "42", null)).toString());
            assertThat(
                            rows(
                                    session,
                                    "select "
                                            + SurrogateKey.sql(List.of("i"))
                                            + " from range(100) r(i)"))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100)
                                    .mapToObj(i -> SurrogateKey.of(List.of("" + i)).toString())
                                    .toList());
        }
    }

    @Test
    void a_locked_session_cannot_be_talked_out_of_its_lock() {
        for (String attempt :
                List.of(
                        "select * from read_text('/etc/passwd')",
                        "select * from glob('/etc/*')",
                        "select getenv('HOME')",
                        "set memory_limit = '1GB'",
                        "copy (select 1) to '/tmp/x'",
                        "attach '/tmp/x.db'",
                        "select 1; select 2",
                        "create table x as select 1",
                        "pragma database_list",
                        "install httpfs")) {
            try (Session session = engine.openLocked(Relations.none(), limits())) {
                assertThatThrownBy(() -> rows(session, attempt))
                        .as(attempt)
                        .isInstanceOf(AdeException.class);
            }
        }
    }

    @Test
    void a_locked_session_stops_in_time() {
        QueryLimits limits = new QueryLimits(Duration.ofMillis(200), 10);
        try (Session session = engine.openLocked(Relations.none(), limits)) {
            assertThatThrownBy(() ->
                            rows(
                                    session,
                                    "select count(*) from range(10000000000) a, range(1000) b"))
                    .hasMessageContaining("Cannot finish the query within PT0.2S");
        }
    }

    @Test
    void finds_the_datasets_that_a_query_names() {
        assertThat(
                        engine.references(
                                "with c as (select 1 from shop.a) select * from c join \"Shop\".b on true where x in (select y from q.w)"))
                .containsExactlyInAnyOrder(
                        TableName.parse("shop.a"),
                        TableName.parse("shop.b"),
                        TableName.parse("q.w"));
        assertThatThrownBy(() -> engine.references("select 1 from where"))
                .hasMessageContaining("Cannot read the query");
    }

    @Test
    void a_locked_query_that_is_cancelled_says_so() {
        try (Session session = engine.openLocked(Relations.none(), limits())) {
            // It does not matter whether the query has begun.
            session.cancel();
            assertThatThrownBy(() ->
                            rows(
                                    session,
                                    "select sum(a.i * b.i) from range(1000000) a(i), range(1000000) b(i)"))
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.CANCELLED))
                    .hasMessage("Cancelled");
        }
    }

    private static QueryLimits limits() {
        return new QueryLimits(Duration.ofSeconds(10), 1000);
    }

    private static Relations one(String name, List<Field> fields, List<WrittenFile> files) {
        Relation.Scan scan =
                new Relation.Scan(
                        fields,
                        List.of(
                                new Relation.FileGroup(
                                        fields,
                                        files.stream()
                                                .map(file ->
                                                        new Relation.ScanFile(
                                                                file.path(),
                                                                file.rows(),
                                                                file.bytes(),
                                                                List.of()))
                                                .toList())));
        Map<TableName, Relation> all = Map.of(TableName.parse(name), scan);
        return new Relations() {
            @Override
            public Optional<Relation> find(TableName wanted, List<Bound> bounds) {
                return Optional.ofNullable(all.get(wanted));
            }

            @Override
            public Collection<TableName> names() {
                return all.keySet();
            }
        };
    }

    private static List<String> rows(Session session, String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(1000).stream()
                    .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                    .toList();
        }
    }

    private static EngineSettings settings(Path folder) {
        return new EngineSettings(
                2,
                1L << 30,
                folder.resolve("spill"),
                1L << 30,
                2,
                1L << 28,
                Duration.ofMinutes(1),
                1000);
    }
}
