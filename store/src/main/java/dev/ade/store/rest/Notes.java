package dev.ade.store.rest;

import dev.ade.model.Wording;
import dev.ade.spi.Connector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

/// What a table's snapshots say to an engineer who is about to load it.
final class Notes {
    private static final int SNAPSHOTS_MAX = 1_000;

    private Notes() {}

    static List<String> of(Table table) {
        Snapshot current = table.currentSnapshot();
        if (current == null) {
            return List.of("Rows: none yet");
        }
        List<String> notes = new ArrayList<>();
        String less =
                total(current, SnapshotSummary.TOTAL_DELETE_FILES_PROP).orElse(0) > 0
                        ? ", less those that delete files name"
                        : "";
        total(current, SnapshotSummary.TOTAL_RECORDS_PROP)
                .ifPresent(rows -> notes.add("Rows: %,d%s".formatted(rows, less)));
        notes.add("Last change: " + Instant.ofEpochMilli(current.timestampMillis()));
        notes.add(mode(table));
        return notes;
    }

    /// What a list of tables says of one.
    static Connector.Listed line(Table table) {
        String name = table.name();
        Snapshot current = table.currentSnapshot();
        OptionalLong rows =
                current == null
                        ? OptionalLong.of(0)
                        : total(current, SnapshotSummary.TOTAL_RECORDS_PROP);
        return new Connector.Listed(
                name.substring(name.indexOf('.') + 1),
                rows,
                List.copyOf(table.schema().identifierFieldNames()),
                Optional.empty(),
                table.schema().columns().stream().map(NestedField::name).toList());
    }

    /// Not every engine says it.
    private static OptionalLong total(Snapshot snapshot, String property) {
        return Stream.ofNullable(snapshot.summary().get(property))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static String mode(Table table) {
        int snapshots = 0;
        for (Snapshot one : SnapshotUtil.currentAncestors(table)) {
            if (!Advance.isAddingOnly(one)) {
                return "Load: snapshot %d (%s) changed or removed rows, so mode: append would not do"
                        .formatted(one.snapshotId(), one.operation());
            }
            if (++snapshots == SNAPSHOTS_MAX) {
                break;
            }
        }
        return "Load: %s only added rows, so mode: append reads no row twice"
                .formatted(Wording.count(snapshots, "snapshot"));
    }
}
