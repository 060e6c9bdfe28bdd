package dev.ade.spi;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import java.util.List;

/// Keeps a lake small and fast without changing what anyone reads. Knows all writers, so it never breaks one:
/// a compaction that meets a publication gives way.
public interface Maintenance {
    /// Datasets with so many small files that compaction is worth it.
    List<TableName> fragmented(EnvironmentName environment);

    /// Rewrites small files into larger ones; published on its own, the version stays.
    Report compact(EnvironmentName environment, TableName table, Engine engine);

    /// Expires old snapshots, drops overlays of ended runs that are past the grace period, and removes files that
    /// no environment, snapshot or open run refers to.
    Report sweep(Effect effect);

    enum Effect {
        DRY_RUN,
        DELETE
    }

    record Report(
            long snapshotsExpired,
            long filesRewritten,
            long filesRemoved,
            long bytesRemoved,
            List<String> details) {}
}
