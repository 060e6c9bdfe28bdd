package dev.ade.bench;

import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.duck.DuckEngine;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.quality.profile.SketchProfiler;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Profiler;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a profile costs on top of the write that it accompanies: 3,000,000 rows of 8 columns are written in this process
/// with and without. The first rounds are not counted, as they compile what looks at the values.
@SuppressWarnings("InlineFormatString") // the queries read better side by side
final class Profiling implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
    private static final long ROWS = Long.getLong("bench.rows", 3_000_000);
    private static final int WARM_UP = 2;

    /// As a source may look: keys, texts few and many, amounts, times, NULLs.
    private static final String ORDERS =
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

    private final Profiler profiler = new SketchProfiler();
    private int writes;

    /// Where it is written.
    private record Desk(Session session, Path folder) {}

    private record Written(FileTarget target, List<WrittenFile> files) {}

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        EngineSettings settings =
                new EngineSettings(
                        2,
                        2L << 30,
                        place.scratch().resolve("spill"),
                        4L << 30,
                        1,
                        512L << 20,
                        Duration.ofMinutes(1),
                        1_000_000);
        try (DuckEngine engine = new DuckEngine(settings);
                Session session = engine.open(Relations.none())) {
            Desk desk = new Desk(session, place.scratch());
            String orders =
                    write(desk, ORDERS.formatted(ROWS), Watcher.NONE).files().getFirst().path();
            String copy = COPY.formatted(Sql.literal(orders));
            compare("copy of Parquet", desk, copy);
            compare("join", desk, MODEL.formatted(Sql.literal(orders)));
            String text = place.scratch().resolve("orders.csv").toString();
            session.export(copy, text, Session.ExportFormat.CSV, Map.of("HEADER", "true"));
            compare("load of CSV", desk, LOAD.formatted(Sql.literal(text)));
        }
    }

    private void compare(String what, Desk desk, String select)
            throws IOException, InterruptedException {
        Times.Work plain = () -> remove(write(desk, select, Watcher.NONE));
        Times.Work watched =
                () -> {
                    Watcher watcher = profiler.watcher();
                    Written written = write(desk, select, watcher);
                    profiler.profile(desk.session(), written.target(), written.files(), watcher);
                    remove(written);
                };
        Times.hereInTurns(WARM_UP, watched, plain);
        List<Times> times = Times.hereInTurns(ROUNDS, watched, plain);
        Times.compare(
                "%s, %,d rows, with a profile".formatted(what, ROWS),
                times.get(0),
                times.get(1),
                1.3);
    }

    private Written write(Desk desk, String select, Watcher watcher) {
        List<Field> fields = new ArrayList<>();
        for (Column column : desk.session().describe(select).columns()) {
            fields.add(Field.of(fields.size() + 1, column.name(), column.type()));
        }
        writes++;
        FileTarget target =
                new FileTarget(
                        desk.folder().resolve("write" + writes).toString(),
                        fields,
                        Layout.PLAIN,
                        512L << 20);
        return new Written(target, desk.session().write(select, target, watcher));
    }

    private static void remove(Written written) throws IOException {
        Bench.remove(Path.of(written.target().folder()));
    }
}
