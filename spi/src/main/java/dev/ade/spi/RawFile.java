package dev.ade.spi;

import dev.ade.model.Fingerprint;
import java.util.List;

/// Rows of a file as they stand there.
///
/// @param rows by line, rising; those that cannot be told from the rows behind them are missing
public record RawFile(Fingerprint batch, String origin, List<RawRow> rows) {
    public RawFile {
        rows = List.copyOf(rows);
    }
}
