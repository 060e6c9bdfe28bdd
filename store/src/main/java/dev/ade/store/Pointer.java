package dev.ade.store;

import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Which version of a dataset a name stands for.
///
/// @param location of a table's metadata file; empty for views
/// @param viewSql of a view; empty for tables
/// @param snapshotId current snapshot of a table, 0 where it has none
/// @param ledger id of its batches and intervals, empty where it has none
record Pointer(
        TableName name,
        DatasetState.Kind kind,
        String location,
        String viewSql,
        Schema schema,
        Fingerprint version,
        Fingerprint definition,
        long snapshotId,
        long rows,
        long bytes,
        long files,
        RunId run,
        Instant publishedAt,
        Map<String, String> properties,
        String ledger) {
    Pointer {
        properties = Map.copyOf(properties);
    }

    DatasetState state() {
        return new DatasetState(
                name,
                kind,
                version,
                definition,
                schema,
                snapshotId == 0 ? OptionalLong.empty() : OptionalLong.of(snapshotId),
                kind == DatasetState.Kind.VIEW ? -1 : rows,
                bytes,
                files,
                run,
                publishedAt,
                properties);
    }

    /// True where both name the same thing: nobody published in between. Maintenance may have moved its files,
    /// also for the sake of another environment; what was written on top of the old ones stays right.
    boolean isSameAs(Pointer other) {
        return viewSql.equals(other.viewSql)
                && version.equals(other.version)
                && run.equals(other.run);
    }

    Pointer publishedAt(Instant instant) {
        return copy(place(), instant, properties, ledger);
    }

    Pointer with(Map<String, String> added) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(added);
        return copy(place(), publishedAt, all, ledger);
    }

    Pointer named(TableName other) {
        return new Pointer(
                other,
                kind,
                location,
                viewSql,
                schema,
                version,
                definition,
                snapshotId,
                rows,
                bytes,
                files,
                run,
                publishedAt,
                properties,
                ledger);
    }

    Pointer withLedger(String id) {
        return copy(place(), publishedAt, properties, id);
    }

    Pointer atSnapshot(long id) {
        return at(new Place(location, id, bytes, files));
    }

    /// The same data in other files.
    Pointer at(Place other) {
        return copy(other, publishedAt, properties, ledger);
    }

    private Place place() {
        return new Place(location, snapshotId, bytes, files);
    }

    private Pointer copy(
            Place place, Instant published, Map<String, String> withProperties, String withLedger) {
        return new Pointer(
                name,
                kind,
                place.location(),
                viewSql,
                schema,
                version,
                definition,
                place.snapshotId(),
                rows,
                place.bytes(),
                place.files(),
                run,
                published,
                withProperties,
                withLedger);
    }

    /// Where the data of a table lies.
    record Place(String location, long snapshotId, long bytes, long files) {}
}
