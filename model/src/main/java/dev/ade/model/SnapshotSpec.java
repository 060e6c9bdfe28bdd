package dev.ade.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a snapshot tells that a row changed, and what it writes down then.
///
/// @param uniqueKey columns, or expressions over them, that identify a row
/// @param detection when a row counts as changed
/// @param hardDeletes what happens to rows that the query no longer gives
/// @param current SQL of what stands in `dbt_valid_to` while a row is current; empty for NULL
/// @param columns names of the columns it adds
public record SnapshotSpec(
        List<String> uniqueKey,
        Detection detection,
        HardDeletes hardDeletes,
        Optional<String> current,
        MetaColumns columns) {
    public SnapshotSpec {
        uniqueKey = List.copyOf(uniqueKey);
        if (uniqueKey.isEmpty()) {
            throw AdeException.user(
                    "Cannot keep a snapshot: no unique_key is given",
                    "Add unique_key: the column, or list of columns, that identifies a row");
        }
    }

    public sealed interface Detection {
        /// A row changed when its `updatedAt` is later than what is kept; an expression over its columns.
        record Timestamp(String updatedAt) implements Detection {}

        /// A row changed when one of these columns did.
        ///
        /// @param columns empty for all
        /// @param updatedAt when it changed, an expression over its columns; empty for the time of the run
        record Check(List<String> columns, Optional<String> updatedAt) implements Detection {
            public Check {
                columns = List.copyOf(columns);
            }
        }
    }

    public enum HardDeletes {
        /// They stay current.
        IGNORE,
        /// Their validity ends.
        INVALIDATE,
        /// Their validity ends, and a row says that they are deleted.
        NEW_RECORD
    }

    /// dbt's names, unless a project gives others.
    public record MetaColumns(
            String scdId, String updatedAt, String validFrom, String validTo, String isDeleted) {
        public static final MetaColumns DEFAULT =
                new MetaColumns(
                        "dbt_scd_id",
                        "dbt_updated_at",
                        "dbt_valid_from",
                        "dbt_valid_to",
                        "dbt_is_deleted");

        public Stream<String> names() {
            return Stream.of(scdId, updatedAt, validFrom, validTo, isDeleted);
        }
    }
}
