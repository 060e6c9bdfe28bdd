package dev.ade.bench;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.quality.profile.SketchProfiler;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Profiler;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a profile costs on top of the write that it accompanies: rows are written with and without, in turns, and
/// the medians compared. Usage: `Profiling [rows] [rounds]`.
@SuppressWarnings("InlineFormatString") // the queries read better side by side
public final class Profiling {
    private static final int THREADS = 2;

    /// As a source may look: keys, texts few and many, amounts, times, NULLs.
    private static final String ROWS =
            """
            select i as order_id, (hash(i) %% 500000)::varchar || '-cust' as customer, (hash(i * 7) %% 1000000) / 97.0 as amount,
              (hash(i * 3) %% 20)::int as quantity, ['new', 'paid', 'sent', 'returned', 'lost'][1 + (hash(i * 5) %% 5)::int] as status,
              timestamp '2025-01-01' + to_seconds((i * 10)::bigint) as ordered_at,
              case when hash(i * 11) %% 10 = 0 then null else ((hash(i * 13) %% 1000) * (hash(i * 17) %% 1000) / 5000)::int end as delay,
              ((hash(i * 23) %% 100000) / 100.0)::decimal(18, 2) as price
            from range(%d) r(i)\
            """;

    /// A plain copy, the dearest case: nothing but reading and writing. Then what a model does at the least.
    private static final String COPY = "select * from read_parquet(%s)";

    private static final String MODEL =
            """
            select o.order_id, o.customer, o.amount * c.rate as amount, o.quantity, upper(o.status) as status,
              o.ordered_at, coalesce(o.delay, 0) as delay, o.price
            from read_parquet(%s) o join (select range as currency, 1 + range / 100 as rate from range(20)) c
              on c.currency = o.quantity\
            """;

    /// What a load does at the least: read text and find the types of its columns.
    private static final String LOAD = "select * from read_csv(%s)";

    private final Session session;
    private final Path folder;
    private final Profiler profiler = new SketchProfiler();
    private int writes;

    private Profiling(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /// Prints the medians and their ratio.
    public static void main(String[] arguments) throws IOException {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 3_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        Path folder = Files.createTempDirectory("ade-bench");
        EngineSettings settings =
                new EngineSettings(
                        THREADS,
                        2L << 30,
                        folder.resolve("spill"),
                        4L << 30,
                        1,
                        512L << 20,
                        Duration.ofMinutes(1),
                        1_000_000);
        try (DuckEngine engine = new DuckEngine(settings);
                Session session = engine.open(Relations.none())) {
            Profiling bench = new Profiling(session, folder);
            String source =
                    "'"
                            + bench.write(ROWS.formatted(rows), Watcher.NONE)
                                    .files()
                                    .getFirst()
                                    .path()
                            + "'";
            System.out.printf(
                    "%,d rows, 8 columns, %d threads, median of %d%n", rows, THREADS, rounds);
            bench.compare("copy", COPY.formatted(source), rounds);
            bench.compare("model", MODEL.formatted(source), rounds);
            String text = folder.resolve("orders.csv").toString();
            session.export(
                    COPY.formatted(source),
                    text,
                    Session.ExportFormat.CSV,
                    Map.of("HEADER", "true"));
            bench.compare("load", LOAD.formatted("'" + text + "'"), rounds);
        } finally {
            remove(folder);
        }
    }

    private record Written(FileTarget target, List<WrittenFile> files) {}

    private void compare(String name, String select, int rounds) {
        double[] writing = new double[rounds];
        double[] profiling = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            long start = System.nanoTime();
            Written plain = write(select, Watcher.NONE);
            long middle = System.nanoTime();
            Watcher watcher = profiler.watcher();
            Written watched = write(select, watcher);
            profiler.profile(session, watched.target(), watched.files(), watcher);
            long end = System.nanoTime();
            remove(Path.of(plain.target().folder()));
            remove(Path.of(watched.target().folder()));
            if (round >= 0) {
                writing[round] = (middle - start) / 1e6;
                profiling[round] = (end - middle) / 1e6;
            }
        }
        double write = median(writing);
        double profile = median(profiling);
        System.out.printf(
                "%-6s write %.0f ms, with a profile %.0f ms: %.0f%% on top%n",
                name, write, profile, 100 * (profile / write - 1));
    }

    private Written write(String select, Watcher watcher) {
        List<Field> fields = new ArrayList<>();
        for (Column column : session.describe(select).columns()) {
            fields.add(Field.of(fields.size() + 1, column.name(), column.type()));
        }
        FileTarget target =
                new FileTarget(
                        folder.resolve("write" + ++writes).toString(),
                        fields,
                        Layout.PLAIN,
                        512L << 20);
        return new Written(target, session.write(select, target, watcher));
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
