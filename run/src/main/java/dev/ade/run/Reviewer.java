package dev.ade.run;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.compare.Comparer;
import dev.ade.run.compare.Comparison;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Compiler;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out everything that can be told about a plan. Changes nothing and reads no data but ADE's own log.
public final class Reviewer {
    private final Settled settled;
    private final Compiler.CompiledProject compiled;
    private final Engine engine;
    private final ProjectLineage.Binder lineages;

    /// @param lineages what queries follow from
    public Reviewer(Settled settled, Engine engine, ProjectLineage.Binder lineages) {
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
                plan,
                comparison,
                new Estimator(compiled.project(), published, engine).estimate(plan));
    }
}
