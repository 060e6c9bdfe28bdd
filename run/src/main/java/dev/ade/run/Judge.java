package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import dev.ade.run.build.AskedDatabase;
import dev.ade.run.build.Sessions;
import dev.ade.spi.Checker;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Profile;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Asks the checker about datasets as a view has them. Thread-safe.
final class Judge {
    /// What a check says.
    ///
    /// @param failing the rows that failed it, where it stores them
    record Judged(Checker.Result result, List<String> failing) {}

    /// Rows of one check that are kept.
    private static final int FAILING_ROWS_MAX = 1_000;

    private final Compiler.CompiledProject compiled;
    private final Stages stages;
    private final LakeView view;
    private final Instant now;
    private final CheckSpec.FailureStorage failures;
    private final Sessions sessions;

    /// @param failures `STORED`: failing rows of every check are looked for
    Judge(
            Compiler.CompiledProject compiled,
            Stages stages,
            LakeView view,
            Instant now,
            CheckSpec.FailureStorage failures) {
        this(compiled, stages, view, now, failures, new Sessions(stages.engine()));
    }

    private Judge(
            Compiler.CompiledProject compiled,
            Stages stages,
            LakeView view,
            Instant now,
            CheckSpec.FailureStorage failures,
            Sessions sessions) {
        this.compiled = compiled;
        this.stages = stages;
        this.view = view;
        this.now = now;
        this.failures = failures;
        this.sessions = sessions;
    }

    /// One that looks at another view. What it opens is open here.
    Judge seeing(LakeView other) {
        return new Judge(compiled, stages, other, now, failures, sessions);
    }

    /// What it has open, so that it can be stopped.
    Sessions sessions() {
        return sessions;
    }

    Optional<DatasetState> state(TableName dataset) {
        return view.state(dataset);
    }

    /// The profile that was published with the dataset.
    Optional<Profile> storedProfile(TableName dataset) {
        Optional<DatasetState> state = view.state(dataset);
        if (state.isEmpty() || view.state(SystemTable.PROFILES.table()).isEmpty()) {
            return Optional.empty();
        }
        try (Sessions.Lease lease = sessions.open(view)) {
            return ProfileRows.read(
                    lease.session(), stages.profiler(), dataset, state.get().version());
        }
    }

    List<Checker.Result> run(TableName dataset, List<CheckSpec> checks, Optional<Profile> profile) {
        return run(dataset, checks, profile, List.of()).stream().map(Judged::result).toList();
    }

    /// @param intervals what this run found out about intervals of the dataset
    List<Judged> run(
            TableName dataset,
            List<CheckSpec> checks,
            Optional<Profile> profile,
            List<Checker.IntervalProfile> intervals) {
        Optional<DatasetState> state = view.state(dataset);
        if (checks.isEmpty() || state.isEmpty()) {
            return List.of();
        }
        List<Checker.Request> requests = requests(checks);
        try (Sessions.Lease lease = sessions.open(view)) {
            List<Checker.Result> results =
                    stages.checker()
                            .checkAll(
                                    requests,
                                    new Checker.Context(
                                            lease.session(),
                                            Optional.empty(),
                                            state.get(),
                                            compiled.project().eventTime(dataset),
                                            profile,
                                            intervals,
                                            now));
            return results.stream()
                    .map(this::explained)
                    .map(result -> withFailingRows(result, lease.session()))
                    .toList();
        }
    }

    /// What was withheld before it was ever published is no dataset of a wrong name.
    private Checker.Result explained(Checker.Result result) {
        if (result.outcome() != Checker.Outcome.ERROR) {
            return result;
        }
        return result.check().inputs().stream()
                .filter(input -> compiled.project().models().containsKey(input))
                .filter(input -> view.state(input).isEmpty())
                .min(Comparator.naturalOrder())
                .map(input -> result.saying(input + ", which it reads, is not published yet"))
                .orElse(result);
    }

    /// What the check says holds also where its rows cannot be computed, as where a cast that counting them leaves out fails.
    private Judged withFailingRows(Checker.Result result, Session session) {
        try {
            return new Judged(
                    result, stages.checker().failingRows(result, session, FAILING_ROWS_MAX));
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.DATA) {
                throw e;
            }
            return new Judged(result.remarking(String.valueOf(e.getMessage())), List.of());
        }
    }

    private List<Checker.Request> requests(List<CheckSpec> checks) {
        try (AskedDatabase database = new AskedDatabase(sessions, view)) {
            return checks.stream()
                    .map(check -> new Checker.Request(storing(check), query(check, database)))
                    .toList();
        }
    }

    private CheckSpec storing(CheckSpec check) {
        return switch (failures) {
            case NONE -> check;
            case STORED -> check.with(check.options().storingFailures());
        };
    }

    private Optional<String> query(CheckSpec check, AskedDatabase database) {
        return check.assertion() instanceof Assertion.Query
                ? Optional.of(compiled.compile(check, database))
                : Optional.empty();
    }
}
