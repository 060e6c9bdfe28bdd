package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.LakeView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// By what datasets were checked: their checks, and what these read beside the dataset and what it is made from. Where
/// either changed, a dataset is checked again though its own data is the same.
final class Checked {
    /// The property under which a dataset keeps it.
    static final String PROPERTY = "checked_by";

    private final Project project;
    private final DatasetChecks checks;

    Checked(Project project, DatasetChecks checks) {
        this.project = project;
        this.checks = checks;
    }

    /// Whether a dataset held by all its checks as they are, on the data that they read now.
    ///
    /// @param there what they read
    boolean isDone(TableName dataset, Optional<DatasetState> state, LakeView there) {
        return state.map(DatasetState::properties)
                .map(properties -> properties.get(PROPERTY))
                .equals(Optional.of(by(dataset, there)));
    }

    String by(TableName dataset, LakeView there) {
        List<Fingerprint> asked =
                checks.of(dataset).stream()
                        .map(check ->
                                Fingerprint.of(check.name(), check.assertion(), check.options()))
                        .sorted()
                        .toList();
        Optional<Fingerprint> tested = UnitChecks.testedBy(project, dataset);
        Fingerprint own =
                tested.isPresent() ? Fingerprint.of(asked, tested.get()) : Fingerprint.of(asked);
        List<Fingerprint> others =
                new TreeSet<>(others(dataset))
                        .stream()
                                .map(name ->
                                        Fingerprint.of(
                                                name, there.state(name).map(DatasetState::version)))
                                .toList();
        return (others.isEmpty() ? own : Fingerprint.of(own, others)).hex();
    }

    /// Datasets that its checks read, and that it is not made from.
    Set<TableName> others(TableName dataset) {
        Set<TableName> others = new HashSet<>();
        for (CheckSpec check : checks.of(dataset)) {
            others.addAll(check.inputs());
        }
        others.remove(dataset);
        if (!others.isEmpty()) {
            others.removeAll(project.above(dataset));
        }
        return others;
    }
}
