package dev.ade.store.rest;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// What of a table was read: all up to a snapshot.
///
/// @param table its UUID: another table may take the name
/// @param snapshot 0 where it had none
/// @param schema a column may get another name without a snapshot
record Position(String table, long snapshot, int schema) {
    static Position of(Table table) {
        Snapshot current = table.currentSnapshot();
        return new Position(
                table.uuid().toString(),
                current == null ? 0 : current.snapshotId(),
                table.schema().schemaId());
    }

    static Position parse(String text) {
        String[] parts = text.split(" ");
        return new Position(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    }

    boolean hasRowsOf(Position other) {
        return table.equals(other.table) && snapshot == other.snapshot;
    }

    @Override
    public String toString() {
        return table + " " + snapshot + " " + schema;
    }
}
