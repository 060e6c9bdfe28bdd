package dev.ade.store;

import dev.ade.model.TableName;
import dev.ade.spi.Environments;
import java.util.Map;
import java.util.Set;

/// What a branch follows from once a draft is published.
///
/// @param marks that its basis takes
/// @param gone datasets that its basis forgets
record Rebase(Map<TableName, Environments.Mark> marks, Set<TableName> gone) {
    Rebase {
        marks = Map.copyOf(marks);
        gone = Set.copyOf(gone);
    }
}
