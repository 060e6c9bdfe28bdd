package dev.ade.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Type;
import dev.ade.spi.ColumnValues;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every `Session` promises of those who watch: they see each row once, as it is written.
public abstract class WatcherContract {
    /// Of which some make rows of rows, in ways that a condition must not be moved below.
    private static final List<String> QUERIES =
            List.of(
                    "select range as n from range(10000)",
                    "select 7::bigint as n from range(10000)",
                    "select count(*) as n from range(10000) group by range % 100",
                    "select distinct range % 10 as n from range(10000)",
                    "select range as n from range(10000) order by n desc limit 10 offset 5",
                    "select range as n from range(10) union all select -range from range(10)",
                    "select row_number() over (order by range) as n from range(5000) qualify n % 7 = 0",
                    "select (random() * 1e15)::bigint as n from range(5000)",
                    "select unnest([range, range + 1, range + 2]) as n from range(3000)",
                    "select a.range as n from range(300) a join range(200) b on a.range % 200 = b.range",
                    "select a.range as n from range(300) a left join range(200) b using (range) where b.range is null",
                    "select range as n from range(900) where range not in (select range * 3 from range(300))",
                    "select a.n from (select unnest(range(500)) as n) a where exists (select 1 from range(50) b where b.range = a.n)",
                    "with t as materialized (select range as n from range(4000)) select n from t where n % 2 = 0",
                    "select sum(n)::bigint as n from (select range as n, range % 3 as g from range(900)) group by rollup(g)",
                    "select max(range) as n from range(0) group by range",
                    "select range as n from range(10000) using sample 10%",
                    "select case when range = 3 then 1 else 2 end::bigint as n from range(6) except all select 2::bigint");

    protected @TempDir Path folder = Path.of("");

    private @Nullable Engine engine;
    private @Nullable Session session;
    private int writes;

    /// @param scratch where it may spill
    protected abstract Engine open(Path scratch);

    @BeforeEach
    void start() {
        engine = open(folder.resolve("scratch"));
        session = engine.open(Relations.none());
    }

    @AfterEach
    void stop() {
        session().close();
        Objects.requireNonNull(engine).close();
    }

    private Session session() {
        return Objects.requireNonNull(session);
    }

    /// Keeps what comes.
    private static final class Notes implements Watcher {
        private final Map<Integer, List<Long>> words = new HashMap<>();
        private final List<String> texts = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private long rows;

        @Override
        public synchronized void see(List<Field> fields, int count, List<ColumnValues> columns) {
            rows += count;
            for (int i = 0; i < columns.size(); i++) {
                ColumnValues values = columns.get(i);
                for (int value = 0; value < values.count(); value++) {
                    int place = values.isSame() ? 0 : value;
                    words.computeIfAbsent(i, _ -> new ArrayList<>()).add(values.words()[place]);
                    if (fields.get(i).type() == Type.Simple.VARCHAR) {
                        texts.add(new String(values.bytes(place, 1_000), StandardCharsets.UTF_8));
                        lengths.add(values.characters()[place]);
                    }
                }
            }
        }

        List<Long> words(int column) {
            return words.getOrDefault(column, List.of()).stream().sorted().toList();
        }
    }

    private List<Field> fields(String select) {
        List<Field> fields = new ArrayList<>();
        for (Column column : session().describe(select).columns()) {
            fields.add(Field.of(fields.size() + 1, column.name(), column.type()));
        }
        return fields;
    }

    private List<WrittenFile> write(String select, Layout layout, Watcher watcher) {
        FileTarget target =
                new FileTarget(
                        folder.resolve("w" + ++writes).toString(), fields(select), layout, 1 << 28);
        return session().write(select, target, watcher);
    }

    private Notes notes(String select) {
        Notes notes = new Notes();
        write(select, Layout.PLAIN, notes);
        return notes;
    }

    private List<Long> stored(List<WrittenFile> files) {
        String paths =
                files.stream()
                        .map(file -> "'" + file.path() + "'")
                        .collect(Collectors.joining(", ", "[", "]"));
        List<Long> stored = new ArrayList<>();
        try (Cursor cursor =
                session().query("select n from read_parquet(%s) order by n".formatted(paths))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                stored.add((Long) Objects.requireNonNull(row.getFirst()));
            }
        }
        return stored;
    }

    @Test
    void sees_each_row_that_is_written_once() {
        for (String select : QUERIES) {
            Notes notes = new Notes();
            List<WrittenFile> files = write(select, Layout.PLAIN, notes);

            assertThat(notes.rows)
                    .as(select)
                    .isEqualTo(files.stream().mapToLong(WrittenFile::rows).sum());
            assertThat(notes.words(0))
                    .as(select)
                    .isEqualTo(files.isEmpty() ? List.of() : stored(files));
        }
    }

    @Test
    void sees_rows_that_are_sorted_into_partitions() {
        Layout layout = new Layout(List.of(Layout.Partition.parse("month(day)")), List.of("n"));
        Notes notes = new Notes();

        List<WrittenFile> files =
                write(
                        "select range as n, date '2026-01-01' + (range % 90)::int as day from range(5000)",
                        layout, notes);

        assertThat(files).hasSize(3);
        assertThat(notes.words(0)).isEqualTo(stored(files));
    }

    @Test
    void leaves_nulls_out() {
        Notes notes =
                notes(
                        "select case when range % 3 = 0 then range end as n, null::varchar as t, range::int as i from range(3000)");

        assertThat(notes.rows).isEqualTo(3_000);
        assertThat(notes.words(0)).hasSize(1_000).contains(0L, 2_997L);
        assertThat(notes.words(1)).isEmpty();
        assertThat(notes.words(2)).hasSize(3_000);
    }

    @Test
    void shows_values_as_their_types_say() {
        String select =
                """
                select true as a, -5::int as b, 9000000000 as c, 1.5::float as d, -0.0::double as e, date '1970-01-11' as f,
                  time '00:00:01' as g, timestamp '1970-01-01 00:00:02' as h, timestamptz '1970-01-01 00:00:03+00' as i,
                  1.23::decimal(4, 2) as j, -12345.67::decimal(9, 2) as k, 12345678901.5::decimal(18, 1) as l,
                  -1::decimal(38, 0) as m, '00000000-0000-0001-0000-000000000002'::uuid as n, [1] as o\
                """;
        Notes notes = notes(select);

        assertThat(IntStream.range(0, 14).mapToObj(column -> notes.words(column).getFirst()))
                .containsExactly(
                        1L,
                        -5L,
                        9_000_000_000L,
                        Double.doubleToRawLongBits(1.5),
                        0L,
                        LocalDate.of(1970, 1, 11).toEpochDay(),
                        1_000_000L,
                        2_000_000L,
                        3_000_000L,
                        123L,
                        -1_234_567L,
                        123_456_789_015L,
                        -1L,
                        2L);
        assertThat(notes.rows).isEqualTo(1);
    }

    @Test
    void tells_texts_apart_by_their_hash() {
        String select =
                """
                select case range %% 4 when 0 then '' when 1 then 'Grüße' when 2 then repeat('x', range::int // 4)
                  else repeat('äö€', 1 + range::int // 8) end as t from range(%d)\
                """
                        .formatted(400);
        Notes notes = notes(select);

        List<Long> all = notes.words.getOrDefault(0, List.of());
        Map<String, Set<Long>> hashes = new HashMap<>();
        for (int i = 0; i < notes.texts.size(); i++) {
            String text = notes.texts.get(i);
            hashes.computeIfAbsent(text, _ -> new HashSet<>()).add(all.get(i));
            assertThat(notes.lengths.get(i)).isEqualTo(text.codePointCount(0, text.length()));
        }
        assertThat(hashes).hasSizeGreaterThan(140).containsKeys("", "Grüße", "x".repeat(99));
        assertThat(hashes.values()).allSatisfy(it -> assertThat(it).hasSize(1));
        assertThat(hashes.values().stream().flatMap(Set::stream).distinct().count())
                .isEqualTo(hashes.size());
    }

    @Test
    void watches_queries_that_write_nothing() {
        Notes notes = new Notes();
        String select = "select range as n, 'x' || range as t from range(3000)";

        session().watch(select, fields(select), notes);

        assertThat(notes.rows).isEqualTo(3_000);
        assertThat(notes.texts).contains("x0", "x2999");
    }

    @Test
    void two_may_watch_at_once() throws InterruptedException {
        Notes ones = new Notes();
        Notes twos = new Notes();
        try (Session other = Objects.requireNonNull(engine).open(Relations.none())) {
            String select = "select 2 as n from range(50000)";
            List<Field> fields = fields(select);
            Thread thread = Thread.ofVirtual().start(() -> other.watch(select, fields, twos));
            session().watch("select 1 as n from range(50000)", fields, ones);
            thread.join();
        }

        assertThat(ones.words(0)).hasSize(50_000).containsOnly(1L);
        assertThat(twos.words(0)).hasSize(50_000).containsOnly(2L);
    }
}
