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
        Map<String, String> properties) {
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

    /// True where both name the same thing: nobody published in between.
    boolean isSameAs(Pointer other) {
        return location.equals(other.location)
                && viewSql.equals(other.viewSql)
                && version.equals(other.version)
                && run.equals(other.run);
    }

    Pointer publishedAt(Instant instant) {
        return copy(instant, properties);
    }

    Pointer with(Map<String, String> added) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(added);
        return copy(publishedAt, all);
    }

    private Pointer copy(Instant published, Map<String, String> withProperties) {
        return new Pointer(
                name,
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
                published,
                withProperties);
    }
}
