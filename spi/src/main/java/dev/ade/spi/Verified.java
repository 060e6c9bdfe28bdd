package dev.ade.spi;

import dev.ade.model.TableName;
import java.util.List;

/// How what is published of a source differs from what is there now. Holds no value of a row but those of keys that are
/// not personal.
///
/// @param key columns that rows were told apart by; empty where rows were compared as a whole
/// @param drift how the columns at the source differ, in words; only what the next load would follow
/// @param notes what was left out of the comparison and why, in words
public record Verified(
        TableName table,
        Counts counts,
        List<String> key,
        List<Difference> differences,
        List<String> drift,
        List<String> notes) {
    public Verified {
        key = List.copyOf(key);
        differences = List.copyOf(differences);
        drift = List.copyOf(drift);
        notes = List.copyOf(notes);
    }

    public boolean isEqual() {
        return differences.isEmpty() && drift.isEmpty();
    }

    /// @param published rows that were compared
    /// @param source rows that were compared, as they would land
    /// @param rejected rows at the source that a load keeps out
    /// @param newer rows at the source that came or changed after the last load, by the cursor
    public record Counts(long published, long source, long rejected, long newer) {}

    public enum Kind {
        /// At the source, not published.
        MISSING,
        /// Published, not at the source.
        GONE,
        /// On both sides, by their key, with other values.
        CHANGED
    }

    /// @param columns in which they differ; of `CHANGED` only
    /// @param keys of some of the rows, as `id=7`; empty where there is no key that may be shown
    public record Difference(Kind kind, long rows, List<InColumn> columns, List<String> keys) {
        public Difference {
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
        }
    }

    /// @param rows that differ in this column
    public record InColumn(String column, long rows) {}
}
