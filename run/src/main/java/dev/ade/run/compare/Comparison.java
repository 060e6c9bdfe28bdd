package dev.ade.run.compare;

import java.util.List;

/// How a project differs from an environment.
///
/// @param changes inputs before what reads them, removed datasets last
/// @param unchanged how many datasets stay as they are
public record Comparison(List<DatasetChange> changes, int unchanged) {
    public Comparison {
        changes = List.copyOf(changes);
    }

    public List<DatasetChange> of(DatasetChange.Sort sort) {
        return changes.stream().filter(change -> change.sort() == sort).toList();
    }
}
