package dev.ade.run;

import dev.ade.model.TableName;
import dev.ade.spi.Batch;
import dev.ade.spi.Bound;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is published, as the project calls it: what was said of datasets speaks of others by their names of today.
///
/// @param former what renamed datasets are called in `published`, by what they are called here
/// @param spoken what renamed datasets were called in declarations; not those whose old name another has now
record RenamedView(
        LakeView published, Map<TableName, TableName> former, Map<TableName, TableName> spoken)
        implements LakeView {
    static LakeView of(LakeView published, Map<TableName, TableName> former) {
        Map<TableName, TableName> spoken = new HashMap<>(former);
        for (DatasetState state : published.states()) {
            TableName first = Versions.identity(state);
            if (!first.equals(state.name())
                    && published.state(first).isEmpty()
                    && !former.containsValue(state.name())) {
                spoken.put(state.name(), first);
            }
        }
        return spoken.isEmpty()
                ? published
                : new RenamedView(published, Map.copyOf(former), Map.copyOf(spoken));
    }

    /// What a dataset is called underneath; empty for names that nobody uses any more.
    private Optional<TableName> there(TableName name) {
        TableName before = former.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        return former.containsValue(name) ? Optional.empty() : Optional.of(name);
    }

    @Override
    public Optional<DatasetState> state(TableName name) {
        return there(name).flatMap(published::state).map(state -> named(state, name));
    }

    private static DatasetState named(DatasetState state, TableName name) {
        return state.name().equals(name)
                ? state
                : state.named(name)
                        .with(Map.of(Versions.IDENTITY, Versions.identity(state).toString()));
    }

    @Override
    public List<DatasetState> states() {
        Map<TableName, TableName> now = new HashMap<>();
        former.forEach((name, before) -> now.put(before, name));
        return published.states().stream()
                .map(state -> named(state, now.getOrDefault(state.name(), state.name())))
                .sorted(Comparator.comparing(DatasetState::name))
                .toList();
    }

    @Override
    public Optional<Declaration> declaration(TableName name) {
        return there(name)
                .flatMap(published::declaration)
                .map(said -> Renames.inNewNames(said, spoken));
    }

    @Override
    public List<Batch> batches(TableName name) {
        return there(name).map(published::batches).orElse(List.of());
    }

    @Override
    public List<CorrectedFile> corrected(TableName source) {
        return there(source).map(published::corrected).orElse(List.of());
    }

    @Override
    public List<FilledInterval> filled(TableName name) {
        return there(name).map(published::filled).orElse(List.of());
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        return there(name).flatMap(it -> published.find(it, bounds));
    }

    @Override
    public Collection<TableName> names() {
        Set<TableName> names = new HashSet<>(published.names());
        names.removeAll(former.values());
        names.addAll(former.keySet());
        return names;
    }
}
