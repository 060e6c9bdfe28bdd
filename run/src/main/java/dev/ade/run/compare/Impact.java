package dev.ade.run.compare;

import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnId;
import java.util.List;

/// Whom the change of a dataset reaches.
///
/// @param below everything that is made from it, directly or not
/// @param columns of `below` that follow from a column that goes or has another type; empty where none does, or where
///     that is not known
/// @param contracts those of `below`, and itself, whose columns are promised to somebody
/// @param exposures labels of what reads it or something of `below` from outside: dashboards, applications
public record Impact(
        List<TableName> below,
        List<ColumnId> columns,
        List<TableName> contracts,
        List<String> exposures) {
    /// Nobody.
    public static final Impact NONE = new Impact(List.of(), List.of(), List.of(), List.of());

    public Impact {
        below = List.copyOf(below);
        columns = List.copyOf(columns);
        contracts = List.copyOf(contracts);
        exposures = List.copyOf(exposures);
    }
}
