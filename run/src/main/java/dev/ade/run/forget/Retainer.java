package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Grain;
import dev.ade.model.Intervals;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.RunLogs;
import dev.ade.run.forget.Retained.Expired;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Erasure;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Removes rows that are older than their dataset keeps: in every environment, one transaction each, then everything
/// these tables were before. Stopped anywhere, it goes on when it is asked again.
public final class Retainer {
    /// The property of a dataset that says before which instant of the column that tells their age it has no rows any
    /// more.
    public static final String UNTIL = "retention.until";

    private static final String STAGED = "ade$retained";

    private final Parts parts;
    private final Instant now;
    private final TableScan scan;

    /// @param user of the operating system, for the record
    public record Parts(Lake lake, Engine engine, Project project, Clock clock, String user) {}

    public Retainer(Parts parts) {
        this.parts = parts;
        this.now = parts.clock().instant();
        this.scan = new TableScan(parts.engine());
    }

    /// What would go.
    public Retained look(EnvironmentName environment) {
        return new Retained(now, find(environment), Optional.empty());
    }

    /// Datasets that keep all rows, whatever the project says, since nothing tells their age: once each, of all
    /// environments.
    public List<AdeException> undated(EnvironmentName environment) {
        Map<String, AdeException> byMessage = new LinkedHashMap<>();
        for (EnvironmentName one : Aged.environments(parts.lake(), environment)) {
            Aged.undated(parts.project(), parts.lake().read(one))
                    .forEach(e -> byMessage.putIfAbsent(e.explain(), e));
        }
        return List.copyOf(byMessage.values());
    }

    /// @throws AdeException CONFLICT while a run of any environment is going on: nothing is removed then, or what was
    ///     removed stays so and the rest is done when it is asked again
    public Retained apply(EnvironmentName environment) {
        if (parts.project().retentions().isEmpty()) {
            return new Retained(now, List.of(), Optional.empty());
        }
        Erasure erasure = parts.lake().erasure();
        erasure.requireQuiet();
        List<Expired> expired = find(environment);
        if (expired.isEmpty()) {
            return new Retained(now, expired, Optional.empty());
        }
        Map<EnvironmentName, List<Expired>> byEnvironment = new LinkedHashMap<>();
        expired.stream()
                .filter(one -> one.rows() > 0)
                .forEach(one ->
                        byEnvironment
                                .computeIfAbsent(one.environment(), _ -> new ArrayList<>())
                                .add(one));
        Once once = new Once(parts.lake());
        byEnvironment.forEach((name, some) -> remove(name, some, once));
        Set<TableName> names = new TreeSet<>(expired.stream().map(Expired::dataset).toList());
        return new Retained(now, expired, Optional.of(erasure.purge(names)));
    }

    private List<Expired> find(EnvironmentName asked) {
        List<Expired> all = new ArrayList<>();
        Map<TableName, Target> targets = new TreeMap<>();
        for (EnvironmentName environment : Aged.environments(parts.lake(), asked)) {
            LakeView view = parts.lake().read(environment);
            new TreeMap<>(parts.project().retentions())
                    .forEach((name, retention) ->
                            target(view, name, retention)
                                    .ifPresent(target -> {
                                        targets.put(name, target);
                                        long rows = scan.count(view, target).getLast();
                                        all.add(expired(environment, target, retention, rows));
                                    }));
        }
        return withOld(all, targets).stream()
                .filter(one -> one.rows() > 0 || one.oldRows() > 0)
                .toList();
    }

    /// Rows of old files are said of the first environment that has the dataset.
    private List<Expired> withOld(List<Expired> all, Map<TableName, Target> targets) {
        Set<TableName> done = new HashSet<>();
        List<Expired> with = new ArrayList<>();
        for (Expired one : all) {
            long old =
                    done.add(one.dataset())
                            ? oldRows(
                                    targets.getOrDefault(
                                            one.dataset(), new Target(one.dataset(), List.of())))
                            : 0;
            with.add(
                    new Expired(
                            one.environment(),
                            one.dataset(),
                            one.column(),
                            one.keep(),
                            one.until(),
                            one.rows(),
                            old));
        }
        return with;
    }

    private long oldRows(Target target) {
        Set<String> live = new HashSet<>();
        for (Environment environment : parts.lake().environments().list()) {
            live.addAll(TableScan.paths(parts.lake().read(environment.name()), target.dataset()));
        }
        List<String> old =
                parts.lake().erasure().files(Set.of(target.dataset())).stream()
                        .filter(path -> !live.contains(path))
                        .toList();
        return scan.rows(old, target, FieldIds.in(parts.lake(), target.dataset())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Expired expired(
            EnvironmentName environment, Target target, Retention retention, long rows) {
        Sought.Before before = (Sought.Before) target.sought().getFirst();
        return new Expired(
                environment,
                target.dataset(),
                before.column(),
                retention.keep(),
                before.until(),
                rows,
                0);
    }

    private Optional<Target> target(LakeView view, TableName name, Retention retention) {
        return view.state(name)
                .filter(state -> state.kind() == DatasetState.Kind.TABLE)
                .flatMap(state -> Aged.column(state, retention, parts.project()))
                .map(column ->
                        new Target(
                                name, List.of(new Sought.Before(column, until(name, retention)))));
    }

    /// Whole intervals of what is filled by intervals.
    private Instant until(TableName name, Retention retention) {
        Instant until = retention.until(now);
        Optional<Grain> grain =
                Optional.ofNullable(parts.project().models().get(name))
                        .map(Model::kind)
                        .flatMap(kind -> kind.intervalGrain());
        return grain.map(it -> it.floor(until)).orElse(until);
    }

    private void remove(EnvironmentName environment, List<Expired> expired, Once once) {
        Lake.RunStart start = new Lake.RunStart(now, "ade retention", parts.user());
        try (Draft draft = parts.lake().begin(environment, start)) {
            Cut cut = new Cut(parts.engine(), parts.project(), draft);
            for (Expired one : expired) {
                Target target =
                        new Target(
                                one.dataset(),
                                List.of(new Sought.Before(one.column(), one.until())));
                if (!once.adopted(draft, one.dataset())) {
                    once.make(draft, one.dataset(), () -> cut(draft, target, cut));
                }
                draft.annotate(one.dataset(), Map.of(UNTIL, one.until().toString()));
            }
            log(draft, expired);
            long rows = expired.stream().mapToLong(Expired::rows).sum();
            Draft.RunEnd end =
                    new Draft.RunEnd(
                            parts.clock().instant(),
                            Lake.RunState.PUBLISHED,
                            LastRun.RETAINED
                                    + "%s of %s kept long enough"
                                            .formatted(
                                                    Wording.count(rows, "row"),
                                                    Wording.count(expired.size(), "dataset")));
            new RunLogs(parts.engine()).add(draft, end, start);
            draft.publish(end, Map.of());
            once.published();
        }
    }

    private void cut(Draft draft, Target target, Cut cut) {
        DatasetState state = draft.state(target.dataset()).orElseThrow();
        Map<String, String> lost = LostTime.with(state, losing(draft, state, target));
        cut.rows(target);
        draft.annotate(target.dataset(), lost);
    }

    private Intervals losing(Draft draft, DatasetState state, Target target) {
        Sought.Before before = (Sought.Before) target.sought().getFirst();
        Optional<String> eventTime =
                parts.project().eventTime(state.name()).filter(it -> Aged.isTime(state, it));
        if (eventTime.isEmpty()) {
            return Intervals.NONE;
        }
        return eventTime.get().equalsIgnoreCase(before.column())
                ? LostTime.before(before.until())
                : LostTime.days(scan.days(draft, target, eventTime.get()));
    }

    private void log(Draft draft, List<Expired> expired) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Expired one : expired) {
            rows.add(
                    Arrays.asList(
                            draft.run().number(),
                            one.dataset().toString(),
                            one.column(),
                            one.keep().toString(),
                            one.until(),
                            one.rows(),
                            now));
        }
        SystemTable table = SystemTable.RETAINED;
        try (Session session = parts.engine().open(Relations.none())) {
            session.stage(STAGED, table.schema(), rows);
            draft.appendLog(
                    table.table(),
                    session.write(
                            "select * from " + Sql.quote(STAGED),
                            draft.prepareLog(table.table(), table.schema())));
        }
    }
}
