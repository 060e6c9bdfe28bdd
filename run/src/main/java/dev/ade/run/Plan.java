package dev.ade.run;

import dev.ade.model.TableName;
import dev.ade.spi.LakeView;
import java.util.List;
import java.util.stream.Stream;

/// What has to happen, in an order that works. Frozen: the runner does it, the explainer tells it.
///
/// @param steps inputs before what reads them
/// @param current datasets that are as they should be, with the reason
/// @param warnings worth a word
/// @param decisions about the history of its datasets
public record Plan(
        List<Step> steps, List<Current> current, List<String> warnings, List<Decision> decisions) {
    public Plan {
        decisions = List.copyOf(decisions);
        steps = List.copyOf(steps);
        current = List.copyOf(current);
        warnings = List.copyOf(warnings);
    }

    public Plan(List<Step> steps, List<Current> current, List<String> warnings) {
        this(steps, current, warnings, List.of());
    }

    /// The same with more worth a word.
    public Plan warning(List<String> more) {
        return new Plan(
                steps,
                current,
                Stream.concat(warnings.stream(), more.stream()).toList(),
                decisions);
    }

    /// Models that are to be made, inputs before what reads them.
    public List<TableName> building() {
        return steps.stream().filter(Step.Build.class::isInstance).map(Step::dataset).toList();
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /// Whether somebody corrected rows of a source to be loaded between two looks at what is published.
    public boolean isCorrectedBetween(LakeView one, LakeView other) {
        return steps.stream()
                .filter(Step.Load.class::isInstance)
                .map(Step::dataset)
                .anyMatch(it -> !one.corrected(it).equals(other.corrected(it)));
    }

    /// A dataset with nothing to do.
    public record Current(TableName dataset, String reason) {}
}
