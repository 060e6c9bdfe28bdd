package dev.ade.run.forget;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.spi.Erasure;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/// What is kept no longer: of each environment and dataset, and what became of it.
///
/// @param purged what else went; empty for a dry run, and where there was nothing
public record Retained(Instant at, List<Expired> expired, Optional<Erasure.Report> purged) {
    public Retained {
        expired = List.copyOf(expired);
    }

    /// @param until rows before this instant go
    /// @param rows that environments read
    /// @param oldRows in files that no environment reads
    public record Expired(
            EnvironmentName environment,
            TableName dataset,
            String column,
            Period keep,
            Instant until,
            long rows,
            long oldRows) {}

    public long rows() {
        return expired.stream().mapToLong(Expired::rows).sum();
    }

    public long oldRows() {
        return expired.stream().mapToLong(Expired::oldRows).sum();
    }
}
