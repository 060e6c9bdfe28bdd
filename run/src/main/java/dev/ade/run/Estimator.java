package dev.ade.run;

import dev.ade.model.Intervals;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Says what the steps of a plan would read, from ledgers, and how long they would take, from earlier runs.
final class Estimator {
    private static final int ROWS_MAX = 100_000;

    private final Project project;
    private final LakeView published;
    private final Engine engine;
    private final Versions versions;
    private final Map<TableName, Optional<Intervals>> touched = new HashMap<>();

    Estimator(Project project, LakeView published, Engine engine) {
        this.project = project;
        this.published = published;
        this.engine = engine;
        this.versions = new Versions(project, published);
    }

    Map<TableName, Estimate> estimate(Plan plan) {
        Map<TableName, Estimate> estimates = new HashMap<>();
        if (plan.isEmpty()) {
            return estimates;
        }
        Rates rates = rates();
        for (Step step : plan.steps()) {
            estimates.put(step.dataset(), estimate(step, rates));
        }
        return estimates;
    }

    private Estimate estimate(Step step, Rates rates) {
        return switch (step) {
            case Step.Load load -> load(load, rates);
            case Step.Build build -> build(build, rates);
            case Step.Check check ->
                    published
                            .state(check.dataset())
                            .map(state ->
                                    new Estimate(
                                            known(state.rows()),
                                            known(state.bytes()),
                                            OptionalDouble.empty()))
                            .orElse(Estimate.UNKNOWN);
        };
    }

    private static OptionalLong known(long figure) {
        return figure < 0 ? OptionalLong.empty() : OptionalLong.of(figure);
    }

    private Estimate load(Step.Load step, Rates rates) {
        touched.put(step.dataset(), Optional.empty());
        long bytes = bytes(step.inbox().fresh()) + bytes(step.inbox().changed());
        long knownBytes = 0;
        long knownRows = 0;
        for (Batch batch : published.batches(step.dataset())) {
            knownBytes += batch.bytes();
            knownRows += batch.rowsRead();
        }
        OptionalLong rows =
                knownBytes == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.round((double) bytes / knownBytes * knownRows));
        OptionalDouble seconds =
                rows.isPresent()
                        ? rates.seconds(step.dataset(), "source", rows.getAsLong())
                        : OptionalDouble.empty();
        return new Estimate(rows, OptionalLong.of(bytes), seconds);
    }

    private static long bytes(List<Loader.Item> items) {
        return items.stream().mapToLong(Loader.Item::bytes).sum();
    }

    private Estimate build(Step.Build step, Rates rates) {
        Model model = step.model();
        Optional<Intervals> intervals = intervals(step);
        touched.put(model.name(), intervals);
        if (intervals.isEmpty()) {
            return Estimate.UNKNOWN;
        }
        Size read = new Size(0, 0);
        for (TableName input : model.inputs()) {
            Intervals seen =
                    versions.isTimed(model, input)
                            ? reach(model, intervals.get())
                            : Intervals.ALWAYS;
            read = read.plus(size(input, seen));
        }
        if (read.rows() < 0) {
            return Estimate.UNKNOWN;
        }
        Size own = size(model.name(), intervals.get());
        long written = own.rows() > 0 ? own.rows() : read.rows();
        return new Estimate(
                OptionalLong.of(read.rows()),
                OptionalLong.of(read.bytes()),
                rates.seconds(model.name(), model.kind().word(), written));
    }

    /// What a step makes anew, as event time; empty where that is not known yet.
    private Optional<Intervals> intervals(Step.Build step) {
        boolean isTimed = step.model().kind().intervalGrain().isPresent();
        return switch (step.work()) {
            case Step.Work.Whole _ -> Optional.of(Intervals.ALWAYS);
            case Step.Work.Intervals some -> Optional.of(Intervals.of(some.intervals()));
            case Step.Work.AfterInputs _ ->
                    isTimed ? touchedBy(step.model()) : Optional.of(Intervals.ALWAYS);
        };
    }

    private Optional<Intervals> touchedBy(Model model) {
        Intervals all = Intervals.NONE;
        for (TableName input : model.inputs()) {
            Optional<Intervals> own = touched.getOrDefault(input, Optional.of(Intervals.NONE));
            if (own.isEmpty()) {
                return Optional.empty();
            }
            boolean isWhole = !versions.isTimed(model, input) && !own.get().isEmpty();
            all = isWhole ? Intervals.ALWAYS : all.union(own.get());
        }
        return Optional.of(all);
    }

    private static Intervals reach(Model model, Intervals intervals) {
        return Intervals.of(
                intervals.list().stream().map(interval -> Reach.of(model, interval)).toList());
    }

    /// What of a dataset lies in some event time. Views are what they read.
    private Size size(TableName dataset, Intervals within) {
        Optional<DatasetState> state = published.state(dataset);
        if (state.isEmpty()) {
            return Size.UNKNOWN;
        }
        if (state.get().kind() == DatasetState.Kind.VIEW) {
            Size size = new Size(0, 0);
            for (TableName input : project.inputs(dataset)) {
                size = size.plus(size(input, within));
            }
            return size;
        }
        Size all = new Size(state.get().rows(), state.get().bytes());
        return within.equals(Intervals.ALWAYS) ? all : all.share(rowsWithin(dataset, within));
    }

    private long rowsWithin(TableName dataset, Intervals within) {
        long rows = 0;
        for (Batch batch : published.batches(dataset)) {
            rows += overlaps(batch.eventTimes(), within) ? batch.rowsLanded() : 0;
        }
        for (FilledInterval filled : published.filled(dataset)) {
            rows += within.overlaps(filled.interval()) ? filled.rows() : 0;
        }
        return rows;
    }

    private static boolean overlaps(Intervals one, Intervals other) {
        return one.list().stream().anyMatch(other::overlaps);
    }

    private Rates rates() {
        Rates rates = new Rates(new HashMap<>(), new HashMap<>());
        TableName steps = SystemTable.STEPS.table();
        if (published.state(steps).isEmpty()) {
            return rates;
        }
        // Rows written a second by the last five steps of each dataset that wrote any.
        String sql =
                """
                select dataset, kind, sum(rows_written)::bigint as n,
                  sum(greatest(epoch(ended_at) - epoch(started_at), 0.001))::double as seconds
                from (
                  select *, row_number() over (partition by dataset order by run_id desc) as age
                  from %s
                  where state = 'done' and rows_written > 0 and kind <> 'check'
                )
                where age <= 5
                group by all
                """
                        .formatted(steps.quoted());
        try (Session session = engine.open(published);
                Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row : cursor.all(ROWS_MAX)) {
                rates.add(row);
            }
        }
        return rates;
    }

    /// @param rows below 0 where they are not known
    private record Size(long rows, long bytes) {
        static final Size UNKNOWN = new Size(-1, -1);

        Size plus(Size other) {
            return rows < 0 || other.rows < 0
                    ? UNKNOWN
                    : new Size(rows + other.rows, bytes + other.bytes);
        }

        Size share(long some) {
            return rows <= 0
                    ? this
                    : new Size(Math.min(some, rows), Math.round((double) bytes * some / rows));
        }
    }

    /// Rows and seconds of earlier steps.
    private record Rates(Map<String, double[]> byDataset, Map<String, double[]> byKind) {
        void add(List<@Nullable Object> row) {
            double[] figures = {number(row.get(2)), number(row.get(3))};
            byDataset.put(String.valueOf(row.get(0)), figures);
            byKind.merge(
                    String.valueOf(row.get(1)),
                    figures,
                    (a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
        }

        private static double number(@Nullable Object value) {
            return value instanceof Number number ? number.doubleValue() : 0;
        }

        OptionalDouble seconds(TableName dataset, String kind, long rows) {
            double[] figures = byDataset.getOrDefault(dataset.toString(), byKind.get(kind));
            return figures == null || figures[0] <= 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(rows / figures[0] * figures[1]);
        }
    }
}
