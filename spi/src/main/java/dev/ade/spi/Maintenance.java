package dev.ade.spi;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import java.time.Instant;
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

    /// Since when files are kept though nothing refers to them: for the grace period, and for as long as a run goes on
    /// that may have written them.
    Instant keptSince();

    /// Moves files whose rows all happened before an instant to the archive. Who reads the table notices nothing; its
    /// version stays. Files of the lake stay, as long as snapshots of before refer to them. Gives way where somebody
    /// publishes the table meanwhile: nothing is moved then.
    ///
    /// @throws dev.ade.model.AdeException USER where no archive is set
    Archived archive(EnvironmentName environment, Cold cold, Effect effect);

    /// @param column a date or timestamp that says when a row happened; files with NULLs in it are never cold
    record Cold(TableName table, String column, Instant before) {}

    /// What moved, or would.
    record Archived(long files, long rows, long bytes) {
        public static final Archived NONE = new Archived(0, 0, 0);
    }

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
