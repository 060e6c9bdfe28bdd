package dev.ade.run;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.compare.Comparison;
import dev.ade.run.compare.DatasetChange;
import java.util.Map;

/// A plan with everything that can be told about it before it is done.
///
/// @param estimates of the plan's steps, by dataset
public record PlanReview(
        EnvironmentName environment,
        Plan plan,
        Comparison comparison,
        Map<TableName, Estimate> estimates) {
    public PlanReview {
        estimates = Map.copyOf(estimates);
    }

    /// Whether a run would do something, or something is there that a run does not touch.
    public boolean hasChanges() {
        return !plan.isEmpty()
                || comparison.changes().stream()
                        .anyMatch(change ->
                                change.nature().stream()
                                        .noneMatch(it -> it == DatasetChange.Nature.FORMATTING));
    }
}
