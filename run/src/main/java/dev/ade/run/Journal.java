package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Interval;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.build.Sessions;
import dev.ade.run.forget.HiddenValues;
import dev.ade.spi.Checker;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Lake;
import dev.ade.spi.Profile;
import dev.ade.spi.Relations;
import dev.ade.spi.SystemTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a run will have said about itself in the namespace `ade`: rows are kept until the run ends and then
/// written in one file a table. Thread-safe.
final class Journal {
    private static final String STAGED = "ade$journal";

    private final RunId run;
    private final Stages stages;
    private final Map<SystemTable, List<List<@Nullable Object>>> rows =
            new EnumMap<>(SystemTable.class);
    private final Map<TableName, Profile> profiles = new HashMap<>();
    private final Map<TableName, List<Checker.IntervalProfile>> intervals = new HashMap<>();
    private final Map<TableName, Instant> ends = new HashMap<>();
    private final Map<TableName, Set<String>> hidden = new HashMap<>();

    Journal(RunId run, Stages stages) {
        this.run = run;
        this.stages = stages;
    }

    synchronized void add(SystemTable table, List<@Nullable Object> row) {
        rows.computeIfAbsent(table, _ -> new ArrayList<>()).add(row);
    }

    /// Keeps the profile of a dataset as it is drafted.
    synchronized void profile(TableName dataset, Profile profile) {
        profiles.put(dataset, profile);
    }

    synchronized Optional<Profile> profile(TableName dataset) {
        return Optional.ofNullable(profiles.get(dataset));
    }

    /// Keeps the profile of an interval of a dataset as it is drafted.
    synchronized void interval(TableName dataset, Checker.IntervalProfile profile) {
        intervals.computeIfAbsent(dataset, _ -> new ArrayList<>()).add(profile);
    }

    synchronized List<Checker.IntervalProfile> intervals(TableName dataset) {
        return List.copyOf(intervals.getOrDefault(dataset, List.of()));
    }

    /// Keeps which columns of a dataset are treated otherwise from now on.
    synchronized void hide(TableName dataset, Set<String> columns) {
        if (!columns.isEmpty()) {
            hidden.put(dataset, columns);
        }
    }

    RunId run() {
        return run;
    }

    void check(Checker.Result result, Instant at) {
        CheckSpec check = result.check();
        List<Double> expected = result.expected();
        add(
                SystemTable.CHECKS,
                Arrays.asList(
                        run.number(),
                        check.dataset().toString(),
                        check.name(),
                        Wording.of(check.options().severity()),
                        Wording.of(result.outcome()),
                        result.failures(),
                        Discreet.message(result.message()),
                        result.observed(),
                        expected.isEmpty() ? null : finite(expected.getFirst()),
                        expected.isEmpty() ? null : finite(expected.getLast()),
                        at));
    }

    /// An end that nobody cares about is infinite, and nothing to store.
    private static @Nullable Double finite(Double end) {
        return Double.isFinite(end) ? end : null;
    }

    void failures(Checker.Result result, List<String> failing, Instant at) {
        CheckSpec check = result.check();
        for (String row : failing) {
            add(
                    SystemTable.FAILURES,
                    Arrays.asList(run.number(), check.dataset().toString(), check.name(), row, at));
        }
    }

    /// Keeps when a step ended.
    synchronized void ended(StepResult result, Instant at) {
        ends.put(result.step().dataset(), at);
    }

    /// @param otherwise when it ended where `ended` was not told
    synchronized void step(StepResult result, Instant otherwise) {
        Step step = result.step();
        Instant endedAt = ends.getOrDefault(step.dataset(), otherwise);
        add(
                SystemTable.STEPS,
                Arrays.asList(
                        run.number(),
                        step.dataset().toString(),
                        kind(step),
                        Wording.of(result.state()),
                        step.reason(),
                        endedAt.minus(result.took()),
                        endedAt,
                        result.rowsRead() < 0 ? null : result.rowsRead(),
                        result.rowsWritten(),
                        result.rowsRejected(),
                        result.intervals().stream()
                                .map(Interval::toString)
                                .collect(Collectors.joining(" ")),
                        null,
                        Discreet.message(result.message())));
    }

    /// Adds the run itself and gives all tables to the draft.
    void run(Draft draft, Draft.RunEnd end, String command, Instant startedAt) {
        add(
                SystemTable.RUNS,
                Arrays.asList(
                        run.number(),
                        draft.environment().name(),
                        Wording.of(end.state()),
                        startedAt,
                        end.endedAt(),
                        command,
                        System.getProperty("user.name", ""),
                        Discreet.message(end.message())));
        rows.computeIfPresent(SystemTable.PROFILES, (_, some) -> published(draft, end, some));
        if (isPublished(end)) {
            hidden.keySet().removeAll(draft.withheld());
            new HiddenValues(stages.engine()).hide(draft, hidden);
        }
        rows.entrySet().parallelStream()
                .forEach(table -> write(draft, table.getKey(), table.getValue()));
    }

    /// Only what is published leaves a profile: monitors take what is in `ade.profiles` for the dataset's past, and
    /// what was kept back never was a part of it.
    private static @Nullable List<List<@Nullable Object>> published(
            Draft draft, Draft.RunEnd end, List<List<@Nullable Object>> profiles) {
        if (!isPublished(end)) {
            return null;
        }
        Set<String> withheld =
                draft.withheld().stream().map(TableName::toString).collect(Collectors.toSet());
        List<List<@Nullable Object>> rows =
                profiles.stream().filter(row -> !withheld.contains(row.get(1))).toList();
        return rows.isEmpty() ? null : rows;
    }

    private static boolean isPublished(Draft.RunEnd end) {
        return end.state() != Lake.RunState.CANCELLED && end.state() != Lake.RunState.FAILED;
    }

    private void write(Draft draft, SystemTable table, List<List<@Nullable Object>> some) {
        FileTarget target = draft.prepareLog(table.table(), table.schema());
        Sessions sessions = new Sessions(stages.engine());
        try (Sessions.Lease lease = sessions.open(Relations.none())) {
            lease.session().stage(STAGED, table.schema(), some);
            draft.appendLog(
                    table.table(),
                    lease.session().write("select * from \"" + STAGED + "\"", target));
        }
    }

    private static String kind(Step step) {
        return switch (step) {
            case Step.Load load -> Wording.of(load.source().origin());
            case Step.Build build -> build.model().kind().word();
            case Step.Check _ -> "check";
        };
    }

    /// The version a dataset has in a draft, as text.
    static String version(Draft draft, TableName dataset) {
        return draft.state(dataset).map(DatasetState::version).map(Object::toString).orElse("");
    }
}
