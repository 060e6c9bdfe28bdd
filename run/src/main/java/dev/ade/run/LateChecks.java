package dev.ade.run;

import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks that compare a dataset with others that are made later. What fails here takes everything that
/// was made from it along.
final class LateChecks {
    private final Project project;
    private final StepRunner runner;
    private final Checks checks;
    private final RunListener listener;

    LateChecks(Project project, StepRunner runner, RunListener listener) {
        this.project = project;
        this.runner = runner;
        this.checks = runner.checks();
        this.listener = listener;
    }

    List<StepResult> run(List<StepResult> results) {
        Map<TableName, List<Checker.Result>> late = results(results);
        Set<TableName> failed = new HashSet<>();
        List<StepResult> checked = new ArrayList<>();
        for (StepResult result : results) {
            StepResult judged =
                    judge(result, late.getOrDefault(result.step().dataset(), List.of()));
            if (judged.state() == State.WITHHELD && judged.state() != result.state()) {
                failed.add(judged.step().dataset());
            }
            checked.add(judged);
        }
        return checked.stream().map(result -> takeAlong(result, failed)).toList();
    }

    /// Side by side: each reads what is made already.
    private Map<TableName, List<Checker.Result>> results(List<StepResult> results) {
        return results.parallelStream()
                .filter(result -> runner.isToBeChecked(result.step().dataset(), result.state()))
                .map(result -> result.step().dataset())
                .map(dataset -> Map.entry(dataset, checks.late(dataset)))
                .filter(late -> !late.getValue().isEmpty())
                .collect(
                        Collectors.toConcurrentMap(
                                Map.Entry::getKey,
                                late -> checks.run(late.getKey(), late.getValue())));
    }

    private StepResult judge(StepResult result, List<Checker.Result> now) {
        if (now.isEmpty()) {
            return result;
        }
        List<Checker.Result> all = new ArrayList<>(result.checks());
        all.addAll(now);
        boolean stops = now.stream().anyMatch(Checks::stops);
        StepResult judged =
                StepResults.with(
                        result,
                        stops ? State.WITHHELD : result.state(),
                        all,
                        stops ? Checks.message(now) : result.message());
        listener.judged(judged, now);
        return judged;
    }

    private StepResult takeAlong(StepResult result, Set<TableName> failed) {
        if (result.state() != State.DONE) {
            return result;
        }
        return project.above(result.step().dataset()).stream()
                .filter(failed::contains)
                .sorted()
                .findFirst()
                .map(cause -> takenAlong(result, cause))
                .orElse(result);
    }

    private StepResult takenAlong(StepResult result, TableName cause) {
        StepResult taken =
                StepResults.with(result, State.WITHHELD, result.checks(), cause + " was withheld");
        listener.judged(taken, List.of());
        return taken;
    }
}
