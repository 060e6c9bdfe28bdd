package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.types.Type;

/// Plans which files a reader of a table needs. Plans are cached: metadata never changes. Thread-safe.
final class Scans {
    private static final int CACHED_MAX = 1_000;

    /// The folder of a write names the schema it was written with, which survives compaction and expiry.
    private static final Pattern SCHEMA_OF_FOLDER = Pattern.compile("-s(\\d+)/");

    /// Tables of at most so many files are planned once and pruned in memory: each interval of a fact asks for its own.
    private static final long FILES_KEPT_MAX = 1_000;

    private static final int TABLES_KEPT_MAX = 50;

    private record Key(String location, long snapshotId, List<Bound> bounds) {}

    private record FilesKey(String location, long snapshotId, Set<String> columns) {}

    private final Tables tables;
    private final Map<Key, Relation.Scan> cache = new Latest<>(CACHED_MAX);
    private final Map<FilesKey, List<FileScanTask>> files = new Latest<>(TABLES_KEPT_MAX);

    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private final int max;

        Latest(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > max;
        }
    }

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
        Relation.Scan scan = plan(pointer, table, bounds);
        synchronized (cache) {
            cache.put(key, scan);
        }
        return scan;
    }

    private Relation.Scan plan(Pointer pointer, BaseTable table, List<Bound> bounds) {
        List<Field> fields = IcebergTypes.fields(table.schema());
        if (pointer.snapshotId() == 0) {
            return new Relation.Scan(fields, List.of());
        }
        Map<Integer, List<Relation.ScanFile>> bySchema = new LinkedHashMap<>();
        for (FileScanTask task : tasks(pointer, table, bounds)) {
            bySchema.computeIfAbsent(schemaId(table, task.file()), _ -> new ArrayList<>())
                    .add(file(pointer.name(), task));
        }
        List<Relation.FileGroup> groups = new ArrayList<>();
        bySchema.forEach(
                (id, some) -> groups.add(new Relation.FileGroup(written(table, id), some)));
        return new Relation.Scan(fields, groups);
    }

    private List<FileScanTask> tasks(Pointer pointer, BaseTable table, List<Bound> bounds) {
        Expression filter = filter(table.schema(), bounds);
        TableScan scan = table.newScan().useSnapshot(pointer.snapshotId()).caseSensitive(false);
        if (bounds.isEmpty() || !isSmall(scan.snapshot())) {
            return Manifests.files(scan.filter(filter));
        }
        Set<String> columns = bounds.stream().map(Bound::column).collect(Collectors.toSet());
        FilesKey key = new FilesKey(pointer.location(), pointer.snapshotId(), columns);
        InclusiveMetricsEvaluator mayHold =
                new InclusiveMetricsEvaluator(table.schema(), filter, false);
        return all(key, scan).stream().filter(task -> mayHold.eval(task.file())).toList();
    }

    private List<FileScanTask> all(FilesKey key, TableScan scan) {
        synchronized (files) {
            return files.computeIfAbsent(
                    key, _ -> Manifests.files(scan.includeColumnStats(key.columns())));
        }
    }

    private static boolean isSmall(Snapshot snapshot) {
        String total = snapshot.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
        return total != null && Long.parseLong(total) <= FILES_KEPT_MAX;
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
