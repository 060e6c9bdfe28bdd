package dev.ade.run.environment;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Takes datasets that the project no longer has out of what an environment reads: their pointers, in one transaction.
/// Files are left to maintenance, so that a rollback has the datasets again until then.
public final class Dropper {
    private final Lake lake;
    private final Engine engine;
    private final Project project;
    private final Clock clock;

    /// @param keptOutside what systems outside go on keeping for some of them, in words
    public record Dropped(List<DatasetState> datasets, Map<TableName, String> keptOutside) {
        public Dropped {
            datasets = List.copyOf(datasets);
            keptOutside = Collections.unmodifiableMap(new TreeMap<>(keptOutside));
        }
    }

    public Dropper(Lake lake, Engine engine, Project project, Clock clock) {
        this.lake = lake;
        this.engine = engine;
        this.project = project;
        this.clock = clock;
    }

    /// What would go, by name.
    ///
    /// @throws AdeException USER where one of them is not there, the project has it, or something that stays reads it
    public Dropped look(EnvironmentName environment, Set<TableName> names) {
        LakeView published = lake.read(environment);
        List<DatasetState> gone =
                new TreeSet<>(names)
                        .stream().map(name -> look(name, names, published, environment)).toList();
        return new Dropped(gone, KeptOutside.of(lake, environment, gone));
    }

    private DatasetState look(
            TableName name, Set<TableName> names, LakeView published, EnvironmentName environment) {
        DatasetState state =
                published
                        .state(name)
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot drop %s: it is not in environment %s"
                                                .formatted(name, environment),
                                        "ade status lists what is there"));
        requireGone(name);
        Set<TableName> readers = readers(name, published);
        readers.removeAll(names);
        if (!readers.isEmpty()) {
            throw AdeException.user(
                    "Cannot drop %s: %s read it"
                            .formatted(
                                    name,
                                    readers.stream()
                                            .map(TableName::toString)
                                            .collect(Collectors.joining(", "))),
                    "Have them read something else, or drop them too");
        }
        return state;
    }

    private void requireGone(TableName name) {
        if (name.namespace().equals("ade")) {
            throw AdeException.user(
                    "Cannot drop %s: it is ADE's own".formatted(name), "Leave it there");
        }
        Optional<String> place =
                Optional.ofNullable(project.models().get(name))
                        .map(Model::file)
                        .or(() ->
                                Optional.ofNullable(project.sources().get(name))
                                        .map(source -> source.location().toString()));
        if (place.isPresent()) {
            throw AdeException.user(
                    "Cannot drop %s: the project has it (%s)".formatted(name, place.get()),
                    "Take it out of the project first: a run would make it again");
        }
    }

    /// Models of the project, and views that are published.
    private Set<TableName> readers(TableName name, LakeView published) {
        Set<TableName> readers = new TreeSet<>();
        project.models().values().stream()
                .filter(model -> model.inputs().contains(name))
                .forEach(model -> readers.add(model.name()));
        for (DatasetState other : published.states()) {
            if (published.find(other.name()).orElse(null)
                            instanceof Relation.ViewRelation(String sql, var _)
                    && engine.references(sql).contains(name)) {
                readers.add(other.name());
            }
        }
        return readers;
    }

    /// @param start of the record that says who did it
    /// @throws AdeException as `look`; CONFLICT where somebody published one of them meanwhile
    public Dropped drop(EnvironmentName environment, Set<TableName> names, Lake.RunStart start) {
        Dropped dropped = look(environment, names);
        List<DatasetState> gone = dropped.datasets();
        try (Draft draft = lake.begin(environment, start)) {
            gone.forEach(state -> draft.drop(state.name()));
            Draft.RunEnd end =
                    new Draft.RunEnd(
                            clock.instant(),
                            Lake.RunState.PUBLISHED,
                            LastRun.DROPPED + Wording.count(gone.size(), "dataset"));
            new RunLogs(engine).add(draft, end, start);
            draft.publish(end, Map.of());
        }
        return dropped;
    }
}
