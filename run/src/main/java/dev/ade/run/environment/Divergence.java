package dev.ade.run.environment;

import dev.ade.model.TableName;
import dev.ade.spi.Environments.Mark;
import dev.ade.spi.LakeView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where an environment and its origin went different ways since they were last brought together. ADE's own
/// datasets are left out: each environment keeps its own.
///
/// @param datasets all that either has, by name
public record Divergence(Map<TableName, Drift> datasets) {
    private static final String OWN = "ade";

    public Divergence {
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
    }

    /// Who changed a dataset.
    public enum Drift {
        /// Nobody, or both in the same way.
        NONE,
        /// The environment; it may be promoted.
        HERE,
        /// Its origin; the environment still has the earlier state.
        THERE,
        /// Each in its own way.
        BOTH
    }

    /// @param basis what the origin had when both were last brought together
    public static Divergence of(Map<TableName, Mark> basis, LakeView branch, LakeView origin) {
        Map<TableName, Mark> here = marks(branch);
        Map<TableName, Mark> there = marks(origin);
        Set<TableName> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        Map<TableName, Drift> datasets = new TreeMap<>();
        names.forEach(name ->
                datasets.put(
                        name,
                        drift(
                                Optional.ofNullable(basis.get(name)),
                                Optional.ofNullable(here.get(name)),
                                Optional.ofNullable(there.get(name)))));
        return new Divergence(datasets);
    }

    private static Drift drift(Optional<Mark> before, Optional<Mark> here, Optional<Mark> there) {
        if (here.equals(there)) {
            return Drift.NONE;
        }
        if (here.equals(before)) {
            return Drift.THERE;
        }
        if (there.equals(before) || isSameData(here, there) || isSameData(there, before)) {
            return Drift.HERE;
        }
        return isSameData(here, before) ? Drift.THERE : Drift.BOTH;
    }

    /// They may have been checked otherwise: where one side only did that, the other's data counts.
    private static boolean isSameData(Optional<Mark> one, Optional<Mark> other) {
        return one.isPresent()
                && other.isPresent()
                && one.get().version().equals(other.get().version())
                && one.get().definition().equals(other.get().definition());
    }

    private static Map<TableName, Mark> marks(LakeView view) {
        Map<TableName, Mark> marks = new TreeMap<>();
        view.states().stream()
                .filter(state -> !isOwn(state.name()))
                .forEach(state -> marks.put(state.name(), Mark.of(state)));
        return marks;
    }

    /// True of the datasets that ADE keeps about itself.
    static boolean isOwn(TableName name) {
        return name.namespace().equals(OWN);
    }

    public List<TableName> with(Drift drift) {
        return datasets.entrySet().stream()
                .filter(entry -> entry.getValue() == drift)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// How many of them.
    public int count(Drift drift) {
        return with(drift).size();
    }
}
