package dev.ade.run.forget;

import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.run.vault.VaultPeople;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of forgetting, or would come of it.
///
/// @param id of the certificate
/// @param keys the columns of the keys and the marks of their values, in the order they were asked for
/// @param hits where they were found
/// @param untouched datasets that hold something made of them in which nobody can be told, and why
/// @param rowsInOldFiles rows in files of these tables that no environment reads now
/// @param vault originals that hold them, or of which that cannot be told
/// @param removal empty where nothing was removed
public record Forgotten(
        String id,
        Instant at,
        TableName source,
        List<MarkedKey> keys,
        List<Hit> hits,
        Map<TableName, String> untouched,
        long rowsInOldFiles,
        List<VaultPeople.Hit> vault,
        Optional<Removal> removal) {
    public Forgotten {
        keys = List.copyOf(keys);
        hits = List.copyOf(hits);
        vault = List.copyOf(vault);
        untouched = Map.copyOf(untouched);
    }

    /// @param mark a pseudonym that joins with nothing else
    public record MarkedKey(String column, String mark) {}

    /// @param column the one that holds it; empty where it is all rows of the dataset, each once
    public record Hit(EnvironmentName environment, TableName dataset, String column, long rows) {}

    /// @param runs that removed the rows, by environment
    /// @param snapshots of tables removed
    /// @param files removed
    /// @param scanned files that were read to the end afterwards
    /// @param rowsLeft that hold it still: none, else the removal would have failed
    /// @param tapLogs files of what taps said, which may have shown anybody
    /// @param file the certificate
    public record Removal(
            Map<EnvironmentName, RunId> runs,
            long snapshots,
            long files,
            long bytes,
            long scanned,
            long rowsLeft,
            long tapLogs,
            Path file) {
        public Removal {
            runs = Map.copyOf(runs);
        }
    }

    /// Whether there was anybody to forget.
    public boolean isNobody() {
        return rows() == 0
                && rowsInOldFiles == 0
                && vault.stream().allMatch(hit -> hit.rows() == 0);
    }

    /// Rows that hold a key, each environment's on their own.
    public long rows() {
        return hits.stream().filter(hit -> hit.column().isEmpty()).mapToLong(Hit::rows).sum();
    }
}
