package dev.ade.run.compare;

import dev.ade.model.Project;
import dev.ade.spi.DatasetState;
import dev.ade.spi.LakeView;
import java.util.List;

/// Datasets that are published, though the project no longer has them. ADE's own are not meant.
public final class Gone {
    private static final String OWN_NAMESPACE = "ade";

    private Gone() {}

    public static List<DatasetState> of(Project project, LakeView published) {
        return published.states().stream()
                .filter(state -> !state.name().namespace().equals(OWN_NAMESPACE))
                .filter(state -> !project.models().containsKey(state.name()))
                .filter(state -> !project.sources().containsKey(state.name()))
                .toList();
    }
}
