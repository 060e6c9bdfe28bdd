package dev.ade.ingest.format;

import dev.ade.model.Column;
import java.util.List;

/// What became of a file.
///
/// @param columns with the types that the file itself declares; empty where they are to be found in its values
/// @param places where the rows stood in the file
public record Converted(List<Column> columns, Places places) {
    public Converted {
        columns = List.copyOf(columns);
    }
}
