package dev.ade.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A project folder as it is understood: everything declared, nothing compiled.
///
/// @param name its name
/// @param root its folder
/// @param settings from ade.yml
/// @param sources outside data and seeds, by name
/// @param models by name
/// @param checks by name
/// @param warnings what was understood but is worth a word, such as an unknown property
public record Project(
        String name,
        Path root,
        Settings settings,
        Map<TableName, SourceTable> sources,
        Map<TableName, Model> models,
        List<CheckSpec> checks,
        List<String> warnings) {
    public Project {
        sources = Map.copyOf(sources);
        models = Map.copyOf(models);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
        Map<TableName, String> owners = new HashMap<>();
        models.forEach((name1, model) -> owners.put(name1, model.file()));
        sources.forEach((name1, source) -> {
            String other = owners.put(name1, source.location().toString());
            if (other != null) {
                throw AdeException.user(
                                "Cannot use %s twice: %s declares it too".formatted(name1, other),
                                "Rename one of them")
                        .at(source.location());
            }
        });
    }

    /// What `dataset` is made from: inputs of a model, nothing for a source.
    public Set<TableName> inputs(TableName dataset) {
        Model model = models.get(dataset);
        return model == null ? Set.of() : model.inputs();
    }

    /// The event-time column of a source or model, if it has one.
    public Optional<String> eventTime(TableName dataset) {
        Model model = models.get(dataset);
        if (model != null) {
            return model.eventTime();
        }
        return Optional.ofNullable(sources.get(dataset)).flatMap(SourceTable::eventTime);
    }
}
