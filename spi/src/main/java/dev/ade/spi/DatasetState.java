package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// A dataset as it is published or drafted.
///
/// @param version what its data follows from; equal versions mean equal data. Maintenance keeps it
/// @param definition the definition it was made by
/// @param snapshotId of tables
/// @param rows of tables, -1 for views
/// @param bytes of tables' data files
/// @param files of tables
/// @param run that made this version
/// @param publishedAt when readers could first see it; of a draft, when it was made
/// @param properties small facts kept with it, such as the model's kind
public record DatasetState(
        TableName name,
        Kind kind,
        Fingerprint version,
        Fingerprint definition,
        Schema schema,
        OptionalLong snapshotId,
        long rows,
        long bytes,
        long files,
        RunId run,
        Instant publishedAt,
        Map<String, String> properties) {
    public DatasetState {
        properties = Map.copyOf(properties);
    }

    /// The same dataset under another name.
    public DatasetState named(TableName other) {
        return copy(other, properties);
    }

    /// The same dataset with more facts.
    public DatasetState with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(more);
        return copy(name, all);
    }

    private DatasetState copy(TableName otherName, Map<String, String> otherProperties) {
        return new DatasetState(
                otherName,
                kind,
                version,
                definition,
                schema,
                snapshotId,
                rows,
                bytes,
                files,
                run,
                publishedAt,
                otherProperties);
    }

    public enum Kind {
        TABLE,
        VIEW
    }
}
