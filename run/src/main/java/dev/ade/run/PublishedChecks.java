package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.StepResult.State;
import dev.ade.run.build.Sessions;
import dev.ade.run.build.UnitTests;
import dev.ade.spi.Checker;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks what is published, now, without changing anything: what `ade check` does.
public final class PublishedChecks {
    private final Compiler.CompiledProject compiled;
    private final Stages stages;
    private final Clock clock;

    public PublishedChecks(Compiler.CompiledProject compiled, Stages stages, Clock clock) {
        this.compiled = compiled;
        this.stages = stages;
        this.clock = clock;
    }

    /// @param selected names of checks and unit tests
    /// @param onFailure what becomes of the checks of other datasets
    public RunReport run(
            LakeView published,
            Set<String> selected,
            Conduct.OnFailure onFailure,
            RunListener listener) {
        Instant started = clock.instant();
        Judge judge =
                new Judge(compiled, stages, published, started, CheckSpec.FailureStorage.NONE);
        UnitChecks unit =
                new UnitChecks(
                        compiled.project(),
                        new UnitTests(compiled, published, new Sessions(stages.engine())),
                        selected);
        List<Step> steps = new ArrayList<>();
        DatasetChecks byDataset = DatasetChecks.of(compiled.project());
        for (TableName dataset : datasets(selected)) {
            List<CheckSpec> checks =
                    byDataset.of(dataset).stream()
                            .filter(check -> selected.contains(check.name()))
                            .toList();
            steps.add(new Step.Check(dataset, checks, "it was asked for"));
        }
        Plan plan = new Plan(steps, List.of(), List.of());
        listener.planned(plan);
        List<StepResult> results = new ArrayList<>();
        boolean isStopped = false;
        for (Step step : steps) {
            StepResult result =
                    isStopped ? unbegun(step, listener) : check(step, judge, unit, listener);
            results.add(result);
            isStopped |=
                    onFailure == Conduct.OnFailure.BEGIN_NOTHING && result.state() == State.FAILED;
        }
        long failed = results.stream().filter(it -> it.state() != State.DONE).count();
        RunReport report =
                new RunReport(
                        Optional.empty(),
                        failed == 0 ? Lake.RunState.NOTHING_TO_DO : Lake.RunState.FAILED,
                        plan,
                        results,
                        List.of(),
                        List.of(),
                        failed == 0
                                ? "all checks hold"
                                : "%s failed its checks"
                                        .formatted(Wording.count(failed, "dataset")),
                        Duration.between(started, clock.instant()));
        listener.ended(report);
        return report;
    }

    private Set<TableName> datasets(Set<String> selected) {
        Set<TableName> datasets = new TreeSet<>();
        compiled.project().checks().stream()
                .filter(check -> selected.contains(check.name()))
                .forEach(check -> datasets.add(check.dataset()));
        compiled.project().unitTests().stream()
                .filter(test -> selected.contains(test.name()))
                .forEach(test -> datasets.add(test.model()));
        return datasets;
    }

    private static StepResult unbegun(Step step, RunListener listener) {
        StepResult result =
                StepResults.without(step, State.SKIPPED, StepResults.STOPPED, Duration.ZERO);
        listener.finished(result);
        return result;
    }

    private StepResult check(Step step, Judge judge, UnitChecks unit, RunListener listener) {
        long start = System.nanoTime();
        listener.started(step);
        StepResult result = judged((Step.Check) step, judge, unit, start);
        listener.finished(result);
        return result;
    }

    private StepResult judged(Step.Check step, Judge judge, UnitChecks unit, long start) {
        List<Checker.Result> results = new ArrayList<>(unit.all(step.dataset()));
        Optional<DatasetState> state = judge.state(step.dataset());
        if (state.isEmpty() && results.isEmpty()) {
            return StepResults.without(
                    step,
                    State.SKIPPED,
                    "it is not published yet: ade run " + step.dataset(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
        results.addAll(
                judge.run(step.dataset(), step.checks(), judge.storedProfile(step.dataset())));
        boolean isGood = results.stream().noneMatch(Checks::stops);
        return new StepResult(
                step,
                isGood ? State.DONE : State.FAILED,
                -1,
                state.map(DatasetState::rows).orElse(-1L),
                0,
                0,
                List.of(),
                results,
                List.of(),
                List.of(),
                isGood ? "" : Checks.message(results),
                Duration.ofNanos(System.nanoTime() - start));
    }
}
