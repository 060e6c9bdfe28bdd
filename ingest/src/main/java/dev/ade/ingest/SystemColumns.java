package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.LoadedColumns;
import dev.ade.model.SourceTable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How the columns that a load adds go with those of a file. Of a seed they are not seen by those who read it, so columns
/// of its file may have the names of all but the one that tells its batch.
final class SystemColumns {
    private SystemColumns() {}

    /// Those that a dataset with these columns of its own has room for.
    static List<Column> beside(List<Column> own) {
        Set<String> taken =
                own.stream()
                        .map(column -> Expected.lower(column.name()))
                        .collect(Collectors.toSet());
        return LoadedColumns.ALL.stream().filter(column -> !taken.contains(column.name())).toList();
    }

    /// What to do about a name that is taken.
    static String wayOut(SourceTable.Origin origin, String name) {
        return switch (origin) {
            case SEED -> "Give it another name in the first line of the file";
            case SOURCE ->
                    "Give it another name under columns: {name: …, aliases: [%s]}".formatted(name);
        };
    }

    /// Whether a column of a file cannot have this name.
    static boolean isTaken(String name, SourceTable.Origin origin) {
        String lower = Expected.lower(name);
        return switch (origin) {
            case SEED -> lower.equals(LoadedColumns.BATCH);
            case SOURCE -> LoadedColumns.NAMES.contains(lower);
        };
    }
}
