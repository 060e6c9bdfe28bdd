package dev.ade.store.rest;

import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// How a table went on since it was read.
sealed interface Advance {
    /// It has the rows it had.
    record Nothing() implements Advance {}

    /// Rows were only added.
    record Appended(long sinceSnapshot) implements Advance {}

    /// There was nothing in it.
    record Begun() implements Advance {}

    /// Which rows are new cannot be told.
    ///
    /// @param reason for people
    record Unclear(String reason) implements Advance {}

    static Advance of(Table table, Position last) {
        Position now = Position.of(table);
        if (now.hasRowsOf(last)) {
            return new Nothing();
        }
        if (!now.table().equals(last.table())) {
            return new Unclear("it is another table under the same name");
        }
        return last.snapshot() == 0 ? new Begun() : since(table, last.snapshot());
    }

    private static Advance since(Table table, long last) {
        Snapshot one = table.currentSnapshot();
        while (one != null && one.snapshotId() != last) {
            if (!isAddingOnly(one)) {
                return new Unclear(
                        "snapshot %d (%s) changed or removed rows since"
                                .formatted(one.snapshotId(), one.operation()));
            }
            Long parent = one.parentId();
            if (parent == null) {
                return new Unclear(
                        "snapshot %d, up to which it was, was rolled back".formatted(last));
            }
            one = table.snapshot(parent);
        }
        return one == null
                ? new Unclear("snapshots since %d have expired".formatted(last))
                : new Appended(last);
    }

    /// A replacement has the same rows in other files.
    static boolean isAddingOnly(Snapshot one) {
        return DataOperations.APPEND.equals(one.operation())
                || DataOperations.REPLACE.equals(one.operation());
    }
}
