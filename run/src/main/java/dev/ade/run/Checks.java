package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import dev.ade.run.build.Sessions;
import dev.ade.spi.Checker;
import dev.ade.spi.Compiler;
import dev.ade.spi.LakeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The checks of a run: which can be judged as soon as a dataset is made, and what they say. Thread-safe.
final class Checks {
    private final Compiler.CompiledProject compiled;
    private final DatasetChecks byDataset;
    private final Judge judge;
    private final Journal journal;
    private final Instant now;

    Checks(
            Compiler.CompiledProject compiled,
            DatasetChecks byDataset,
            Judge judge,
            Journal journal,
            Instant now) {
        this.compiled = compiled;
        this.byDataset = byDataset;
        this.judge = judge;
        this.journal = journal;
        this.now = now;
    }

    /// What running checks have open, so that they can be stopped.
    Sessions sessions() {
        return judge.sessions();
    }

    List<CheckSpec> all(TableName dataset) {
        return byDataset.of(dataset);
    }

    /// Checks that read nothing but the dataset and what it is made from.
    List<CheckSpec> early(TableName dataset) {
        Set<TableName> there = new HashSet<>(compiled.project().above(dataset));
        there.add(dataset);
        return all(dataset).stream().filter(check -> there.containsAll(check.inputs())).toList();
    }

    /// Checks that read something else too, so that they wait for the end.
    List<CheckSpec> late(TableName dataset) {
        List<CheckSpec> late = new ArrayList<>(all(dataset));
        late.removeAll(early(dataset));
        return late;
    }

    List<Checker.Result> run(TableName dataset, List<CheckSpec> checks) {
        return record(ask(judge, dataset, checks));
    }

    /// What checks say of a dataset as another view of this run has it. Not recorded.
    List<Judge.Judged> ask(LakeView view, TableName dataset, List<CheckSpec> checks) {
        return ask(judge.seeing(view), dataset, checks);
    }

    private List<Judge.Judged> ask(Judge asked, TableName dataset, List<CheckSpec> checks) {
        return asked.run(dataset, checks, journal.profile(dataset), journal.intervals(dataset));
    }

    List<Checker.Result> record(List<Judge.Judged> judged) {
        judged.forEach(it -> journal.failures(it.result(), it.failing(), now));
        judged.forEach(it -> record(it.result()));
        return judged.stream().map(Judge.Judged::result).toList();
    }

    void record(Checker.Result result) {
        journal.check(result, now);
    }

    /// True where a result keeps its dataset from being published.
    static boolean stops(Checker.Result result) {
        return switch (result.outcome()) {
            case FAIL -> true;
            case ERROR -> result.check().options().severity() == CheckSpec.Severity.ERROR;
            case PASS, WARN, SKIPPED -> false;
        };
    }

    static String message(List<Checker.Result> results) {
        return results.stream()
                .filter(Checks::stops)
                .map(result -> result.check().name() + ": " + result.message())
                .collect(Collectors.joining("; "));
    }
}
