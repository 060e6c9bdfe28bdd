package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.compare.Comparer;
import dev.ade.run.compare.Comparison;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.lineage.ColumnReach;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Compiler;
import dev.ade.spi.Corrections;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out everything that can be told about a plan. Changes nothing and reads no data but ADE's own log and samples of
/// what is to be loaded.
public final class Reviewer {
    private final Settled settled;
    private final Compiler.CompiledProject compiled;
    private final Engine engine;
    private final ProjectLineage.Binder lineages;
    private final Loader loader;

    /// @param lineages what queries follow from
    public Reviewer(Settled settled, Engine engine, ProjectLineage.Binder lineages, Loader loader) {
        this.loader = loader;
        this.settled = settled;
        this.compiled = settled.compiled();
        this.engine = engine;
        this.lineages = lineages;
    }

    /// @param plan made by `Planner` for these datasets of this view
    public PlanReview review(
            EnvironmentName environment, Plan plan, Set<TableName> selected, LakeView lake) {
        LakeView published = settled.view(lake);
        List<TableName> order =
                Topology.order(compiled.project()).stream().filter(selected::contains).toList();
        Set<TableName> working =
                plan.steps().stream()
                        .filter(step -> !(step instanceof Step.Check))
                        .map(Step::dataset)
                        .collect(Collectors.toSet());
        Comparer comparer = new Comparer(compiled, published, settled.former(), engine, lineages);
        Comparison comparison = comparer.compare(order, working);
        boolean isEverything =
                selected.containsAll(compiled.project().models().keySet())
                        && selected.containsAll(compiled.project().sources().keySet());
        if (isEverything) {
            List<DatasetChange> all = new ArrayList<>(comparison.changes());
            all.addAll(comparer.removed());
            comparison = new Comparison(all, comparison.unchanged());
        }
        return new PlanReview(
                environment,
                plan.warning(drift(plan, published)),
                comparison,
                new Estimator(compiled.project(), published, engine).estimate(plan));
    }

    /// How columns outside differ from what is published, where a step would load them.
    private List<String> drift(Plan plan, LakeView published) {
        ColumnReach reach =
                new ColumnReach(new ProjectLineage(compiled, lineages, published::state));
        return plan.steps().stream()
                .<String>mapMulti((step, lines) -> {
                    if (step instanceof Step.Load load) {
                        drift(load, published, reach).forEach(lines);
                    }
                })
                .toList();
    }

    private List<String> drift(Step.Load step, LakeView published, ColumnReach reach) {
        SourceTable source = step.source();
        TableName name = source.name();
        try {
            return loader
                    .drift(
                            source,
                            Loader.Known.of(published, name),
                            step.inbox(),
                            new Loader.Glance(
                                    engine, column -> reach.words(name, column), Corrections.NONE))
                    .stream()
                    .map(line ->
                            "%s: %s; drift: %s".formatted(name, line, Wording.of(source.drift())))
                    .toList();
        } catch (AdeException e) {
            // What cannot be read now is the load's to say.
            boolean isTold =
                    e.kind() == AdeException.Kind.DATA || e.kind() == AdeException.Kind.USER;
            return isTold ? List.of(String.valueOf(e.getMessage())) : List.of();
        }
    }
}
