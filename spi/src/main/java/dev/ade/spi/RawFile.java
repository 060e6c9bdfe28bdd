package dev.ade.spi;

import dev.ade.model.Fingerprint;
import java.util.List;

/// Rows of a file as they stand there.
///
/// @param columns that it has, in its order
/// @param rows by line, rising; those that cannot be told from the rows behind them, or are too long, are missing
public record RawFile(Fingerprint batch, String origin, List<String> columns, List<RawRow> rows) {
    public RawFile {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
