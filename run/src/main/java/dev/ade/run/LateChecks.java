package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import dev.ade.spi.Draft;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks that compare a dataset with others that are made later. They read what is to be published: what is withheld
/// is to them as it was. What fails here takes everything that was made from it along, and what was compared with any of
/// these is compared again. Used once.
final class LateChecks {
    private final Project project;
    private final StepRunner runner;
    private final Checks checks;
    private final Draft draft;
    private final RunListener listener;
    private final Map<TableName, List<Judge.Judged>> said = new HashMap<>();

    /// Why, by dataset.
    private final Map<TableName, String> withheld = new HashMap<>();

    LateChecks(Project project, StepRunner runner, Draft draft, RunListener listener) {
        this.project = project;
        this.runner = runner;
        this.checks = runner.checks();
        this.draft = draft;
        this.listener = listener;
    }

    List<StepResult> run(List<StepResult> results) {
        Map<TableName, List<CheckSpec>> late = late(results);
        Map<TableName, List<CheckSpec>> asked = late;
        while (!asked.isEmpty()) {
            said.putAll(ask(asked));
            Set<TableName> news = withhold(results);
            asked = new HashMap<>(late);
            asked.keySet().removeAll(withheld.keySet());
            asked.values().removeIf(some -> !reads(some, news));
        }
        return results.stream().map(this::judged).toList();
    }

    private Map<TableName, List<CheckSpec>> late(List<StepResult> results) {
        LakeView published = draft.outcome();
        Map<TableName, List<CheckSpec>> late = new HashMap<>();
        for (StepResult result : results) {
            TableName dataset = result.step().dataset();
            List<CheckSpec> some = checks.late(dataset);
            if (!some.isEmpty() && runner.isToBeChecked(dataset, result.state(), published)) {
                late.put(dataset, some);
            }
        }
        return late;
    }

    /// Side by side: each reads what is made already.
    private Map<TableName, List<Judge.Judged>> ask(Map<TableName, List<CheckSpec>> late) {
        LakeView published = draft.outcome();
        return late.entrySet().parallelStream()
                .collect(
                        Collectors.toConcurrentMap(
                                Map.Entry::getKey,
                                it -> checks.ask(published, it.getKey(), it.getValue())));
    }

    /// Withholds what failed and what was made from it.
    ///
    /// @return what was not withheld before
    private Set<TableName> withhold(List<StepResult> results) {
        Set<TableName> news = new HashSet<>();
        said.forEach((dataset, judged) -> {
            List<Checker.Result> found = judged.stream().map(Judge.Judged::result).toList();
            if (found.stream().anyMatch(Checks::stops)
                    && withheld.putIfAbsent(dataset, Checks.message(found)) == null) {
                news.add(dataset);
            }
        });
        Set<TableName> failed = Set.copyOf(withheld.keySet());
        results.stream()
                .filter(result -> result.state() == State.DONE)
                .map(result -> result.step().dataset())
                .filter(dataset -> !withheld.containsKey(dataset))
                .forEach(dataset ->
                        project.above(dataset).stream()
                                .filter(failed::contains)
                                .min(Comparator.naturalOrder())
                                .ifPresent(cause -> {
                                    withheld.put(dataset, cause + " was withheld");
                                    news.add(dataset);
                                }));
        news.forEach(draft::withhold);
        return news;
    }

    private boolean reads(List<CheckSpec> some, Set<TableName> datasets) {
        return some.stream()
                .flatMap(check -> check.inputs().stream())
                .anyMatch(input ->
                        datasets.contains(input)
                                || project.above(input).stream().anyMatch(datasets::contains));
    }

    private StepResult judged(StepResult result) {
        TableName dataset = result.step().dataset();
        String cause = withheld.get(dataset);
        List<Checker.Result> now = checks.record(said.getOrDefault(dataset, List.of()));
        if (now.isEmpty() && cause == null) {
            return result;
        }
        List<Checker.Result> all = new ArrayList<>(result.checks());
        all.addAll(now);
        StepResult judged =
                StepResults.with(
                        result,
                        cause == null ? result.state() : State.WITHHELD,
                        all,
                        cause == null
                                ? result.notes()
                                : StepResults.withheld(result.step(), result.notes(), draft.base()),
                        cause == null ? result.message() : cause);
        listener.judged(judged, now);
        return judged;
    }
}
