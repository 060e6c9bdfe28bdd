package dev.ade.spi;

import dev.ade.model.TableName;
import java.util.List;
import java.util.Set;

/// Removal of what tables were, in every environment and at once: no grace period, no time travel. Thread-safe, and
/// safe against other processes on the same lake. Runs that were killed count as ended.
public interface Erasure {
    /// @throws dev.ade.model.AdeException CONFLICT while a run of any environment is going on
    void requireQuiet();

    /// Every Parquet file on the disk that belongs, or belonged, to tables of these names: those of history, of
    /// unpublished runs and of killed processes too.
    List<String> files(Set<TableName> names);

    /// Leaves of these tables only what each environment reads now: all other snapshots, their place in the history of
    /// publications, and the overlays of ended runs go, and every file that only they led to is deleted. Who reads an
    /// old state at that moment meets a missing file.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT while a run of any environment is going on: nothing was removed then
    Report purge(Set<TableName> names);

    /// @param snapshots removed
    /// @param files removed, data and metadata
    /// @param bytes of these files
    record Report(long snapshots, long files, long bytes) {}
}
