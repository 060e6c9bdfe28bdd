package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;

/// Plans which files a reader of a table needs. Plans are cached: metadata never changes. Thread-safe.
final class Scans {
    private static final int CACHED_MAX = 1_000;

    /// The folder of a write names the schema it was written with, which survives compaction and expiry.
    private static final Pattern SCHEMA_OF_FOLDER = Pattern.compile("-s(\\d+)/");

    private record Key(String location, long snapshotId, List<Bound> bounds) {}

    private final Tables tables;
    private final Map<Key, Relation.Scan> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Relation.Scan> eldest) {
                    return size() > CACHED_MAX;
                }
            };

    Scans(Tables tables) {
        this.tables = tables;
    }

    static String folder(String tableLocation, int schemaId) {
        return tableLocation + "/data/" + java.util.UUID.randomUUID() + "-s" + schemaId;
    }

    Relation.Scan plan(Pointer pointer, List<Bound> bounds) {
        Key key = new Key(pointer.location(), pointer.snapshotId(), bounds);
        synchronized (cache) {
            Relation.Scan known = cache.get(key);
            if (known != null) {
                return known;
            }
        }
        BaseTable table = tables.open(pointer.location()).table(pointer.name().toString());
        Relation.Scan scan = plan(pointer.name(), table, bounds, pointer.snapshotId());
        synchronized (cache) {
            cache.put(key, scan);
        }
        return scan;
    }

    private static Relation.Scan plan(
            TableName name, BaseTable table, List<Bound> bounds, long snapshotId) {
        Schema schema = table.schema();
        List<Field> fields = IcebergTypes.fields(schema);
        if (snapshotId == 0) {
            return new Relation.Scan(fields, List.of());
        }
        TableScan scan =
                table.newScan()
                        .useSnapshot(snapshotId)
                        .caseSensitive(false)
                        .filter(filter(schema, bounds));
        Map<Integer, List<Relation.ScanFile>> bySchema = new LinkedHashMap<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                bySchema.computeIfAbsent(schemaId(table, task.file()), _ -> new ArrayList<>())
                        .add(file(name, task));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Relation.FileGroup> groups = new ArrayList<>();
        bySchema.forEach(
                (id, files) -> groups.add(new Relation.FileGroup(written(table, id), files)));
        return new Relation.Scan(fields, groups);
    }

    private static List<Field> written(BaseTable table, int schemaId) {
        return IcebergTypes.fields(table.schemas().getOrDefault(schemaId, table.schema()));
    }

    private static int schemaId(BaseTable table, DataFile file) {
        Matcher matcher = SCHEMA_OF_FOLDER.matcher(file.location());
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : table.schema().schemaId();
    }

    private static Relation.ScanFile file(TableName name, FileScanTask task) {
        if (!task.deletes().isEmpty()) {
            throw AdeException.user(
                    "Cannot read %s: another engine has deleted rows of it with delete files"
                            .formatted(name),
                    "Rewrite its data files in that engine");
        }
        DataFile file = task.file();
        return new Relation.ScanFile(
                file.location(), file.recordCount(), file.fileSizeInBytes(), List.of());
    }

    private static Expression filter(Schema schema, List<Bound> bounds) {
        Expression filter = Expressions.alwaysTrue();
        for (Bound bound : bounds) {
            var field = schema.caseInsensitiveFindField(bound.column());
            if (field != null && field.type().isPrimitiveType()) {
                filter = Expressions.and(filter, filter(field.name(), field.type(), bound));
            }
        }
        return filter;
    }

    private static Expression filter(String column, Type type, Bound bound) {
        Expression least =
                bound.min()
                        .<Expression>map(
                                min -> Expressions.greaterThanOrEqual(column, literal(min, type)))
                        .orElse(Expressions.alwaysTrue());
        Expression most =
                bound.max()
                        .<Expression>map(
                                max -> Expressions.lessThanOrEqual(column, literal(max, type)))
                        .orElse(Expressions.alwaysTrue());
        return Expressions.and(least, most);
    }

    private static Object literal(Object value, Type type) {
        return java.util.Objects.requireNonNull(DataFileMaker.internal(value, type));
    }
}
