package dev.ade.ingest;

import dev.ade.model.Column;
import java.util.List;
import java.util.Set;

/// What the columns will be, before privacy.
///
/// @param columns in the order of the dataset
/// @param lenient lower-case names of columns whose misfit values become NULL
/// @param refused new columns whose rows are rejected where they hold a value
/// @param drift what changed, in words
/// @param remarks what else lands otherwise than one may think, in words
record Reconciled(
        List<Column> columns,
        Set<String> lenient,
        List<String> refused,
        List<String> drift,
        List<String> remarks) {
    Reconciled {
        columns = List.copyOf(columns);
        lenient = Set.copyOf(lenient);
        refused = List.copyOf(refused);
        drift = List.copyOf(drift);
        remarks = List.copyOf(remarks);
    }
}
