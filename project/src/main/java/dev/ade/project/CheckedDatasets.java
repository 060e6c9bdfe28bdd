package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What checks may be about: a query that reads several datasets, or an ephemeral model, is checked with one of them.
///
/// @param sources seeds, too
record CheckedDatasets(Map<TableName, Model> models, Set<TableName> sources, Names names) {
    /// Whether a model is only a query, so that nothing is there to be checked when it is made.
    boolean isEphemeral(TableName name) {
        return names.ephemeral(name).isPresent();
    }

    /// The dataset a check is about: of those it reads, one that no other of them is made from, rather a model than a
    /// source, and of several the one its query names first.
    TableName last(List<TableName> inputs, Location location) {
        Set<TableName> candidates = new LinkedHashSet<>(inputs);
        inputs.forEach(input -> candidates.removeAll(above(input)));
        return candidates.stream()
                .min(Comparator.comparing(sources::contains))
                .or(this::first)
                .orElseThrow(() ->
                        AdeException.user(
                                        "Cannot check with a query that reads no dataset",
                                        "Read one by name or with ref('…'), the project has none")
                                .at(location));
    }

    /// What a query is about that reads nothing, as those that only test macros: it has to run with something.
    private Optional<TableName> first() {
        return Stream.of(models.keySet(), sources)
                .flatMap(names -> names.stream().sorted())
                .findFirst();
    }

    private Set<TableName> above(TableName dataset) {
        return Project.reach(inputs(dataset), this::inputs, Integer.MAX_VALUE);
    }

    private Set<TableName> inputs(TableName dataset) {
        Model model = models.get(dataset);
        return model == null ? Set.of() : model.inputs();
    }
}
