package dev.ade.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A project folder as it is understood: everything declared, nothing compiled.
///
/// @param name its name
/// @param root its folder
/// @param settings from ade.yml
/// @param sources outside data and seeds, by name
/// @param models by name
/// @param checks by name
/// @param unitTests of models
/// @param exposures what reads datasets from outside
/// @param retentions how long datasets keep their rows, where that is said
/// @param archives how long rows of datasets lie in the lake before they go to the archive, where that is said
/// @param vaults how long originals of sources are kept, where they are
/// @param warnings what was understood but is worth a word, such as an unknown property
public record Project(
        String name,
        Path root,
        Settings settings,
        Map<TableName, SourceTable> sources,
        Map<TableName, Model> models,
        List<CheckSpec> checks,
        List<UnitTest> unitTests,
        List<Exposure> exposures,
        Map<TableName, Retention> retentions,
        Map<TableName, Retention> archives,
        Map<TableName, VaultSpec> vaults,
        List<String> warnings) {
    public Project {
        sources = Map.copyOf(sources);
        models = Map.copyOf(models);
        checks = List.copyOf(checks);
        unitTests = List.copyOf(unitTests);
        exposures = List.copyOf(exposures);
        retentions = Map.copyOf(retentions);
        archives = Map.copyOf(archives);
        vaults = Map.copyOf(vaults);
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

    /// The same project with other models.
    public Project withModels(Map<TableName, Model> others) {
        return new Project(
                name,
                root,
                settings,
                sources,
                others,
                checks,
                unitTests,
                exposures,
                retentions,
                archives,
                vaults,
                warnings);
    }

    /// What `dataset` is made from: inputs of a model, nothing for a source.
    public Set<TableName> inputs(TableName dataset) {
        Model model = models.get(dataset);
        return model == null ? Set.of() : model.inputs();
    }

    /// Everything `dataset` is made from, directly or not; itself not.
    public Set<TableName> above(TableName dataset) {
        return reach(inputs(dataset), this::inputs, Integer.MAX_VALUE);
    }

    /// `from`, and all that `step` leads to from there.
    ///
    /// @param step next to one: what it is made from, or what is made from it
    /// @param stepsMax how far to go; 0 goes nowhere
    public static <T> Set<T> reach(Set<T> from, Function<T, Set<T>> step, int stepsMax) {
        Set<T> found = new HashSet<>(from);
        Collection<T> edge = from;
        for (int steps = 0; steps < stepsMax && !edge.isEmpty(); steps++) {
            List<T> next = new ArrayList<>();
            for (T one : edge) {
                for (T other : step.apply(one)) {
                    if (found.add(other)) {
                        next.add(other);
                    }
                }
            }
            edge = next;
        }
        return found;
    }

    /// The unit tests of a model, by name.
    public List<UnitTest> unitTests(TableName model) {
        return unitTests.stream().filter(test -> test.model().equals(model)).toList();
    }

    /// The event-time column of a source or model, if it has one.
    public Optional<String> eventTime(TableName dataset) {
        Model model = models.get(dataset);
        if (model != null) {
            return model.eventTime();
        }
        return Optional.ofNullable(sources.get(dataset)).flatMap(SourceTable::eventTime);
    }

    /// Those of several, without those that have none.
    public Map<TableName, String> eventTimes(Collection<TableName> datasets) {
        Map<TableName, String> times = new HashMap<>();
        datasets.forEach(it -> eventTime(it).ifPresent(time -> times.put(it, time)));
        return times;
    }
}
