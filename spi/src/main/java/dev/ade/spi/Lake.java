package dev.ade.spi;

import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All datasets of a project and what is known about how they came to be. Thread-safe, and safe against
/// other processes on the same lake.
public interface Lake extends AutoCloseable {
    /// What readers of an environment see now, consistent for as long as it is held: a later publication
    /// does not change it, and maintenance leaves its files alone within the grace period.
    LakeView read(EnvironmentName environment);

    /// The same as it was published at an instant. Datasets whose snapshots have expired are not in it.
    LakeView readAt(EnvironmentName environment, Instant instant);

    /// One dataset as of a snapshot; others as they are now.
    LakeView readAt(EnvironmentName environment, TableName table, long snapshotId);

    /// What an unpublished (open or failed) run sees, until its overlay is collected.
    Optional<LakeView> overlay(RunId run);

    /// What readers of an environment saw once a run had published, with the ledgers of then.
    ///
    /// @throws dev.ade.model.AdeException USER where that run published nothing in this environment, or where
    ///     datasets of then have expired: it names them
    LakeView readAfter(EnvironmentName environment, RunId run);

    Environments environments();

    /// Opens a run; an environment that is not there yet is made, with nothing in it. Runs of this machine whose process is gone are marked `CRASHED` first.
    Draft begin(EnvironmentName environment, RunStart start);

    /// Values that must not land in a source, or in any, whatever the environment.
    List<Suppression> suppressions(TableName source);

    /// Newest first.
    List<RunRecord> runs(EnvironmentName environment, int limit);

    /// Compaction, expiry and removal of what nothing refers to.
    Maintenance maintenance();

    /// What the vault holds, of all environments.
    VaultIndex vault();

    /// Removal of what tables were, for what must not be anywhere any more.
    Erasure erasure();

    @Override
    void close();

    /// @param command what the person typed, without secrets
    /// @param user of the operating system
    record RunStart(Instant startedAt, String command, String user) {}

    enum RunState {
        RUNNING,
        PUBLISHED,
        /// Published, but datasets were withheld because checks failed.
        PARTLY_PUBLISHED,
        NOTHING_TO_DO,
        FAILED,
        CANCELLED,
        /// Its process ended without a word.
        CRASHED
    }

    record RunRecord(
            RunId run,
            EnvironmentName environment,
            RunState state,
            Instant startedAt,
            Optional<Instant> endedAt,
            String command,
            String user,
            String message) {}
}
