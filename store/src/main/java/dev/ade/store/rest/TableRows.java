package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/// The query that gives a table's rows out of its files: of each data file by the fields that it has, without rows that
/// delete files name by position or by value.
final class TableRows {
    private static final FieldSql NO_FIELDS =
            new FieldSql(new ParquetField("nothing", 0, List.of()), Map.of());

    private final Connector.Request request;
    private final Table table;
    private final EngineFiles files;
    private final DeletedRows deleted;
    private final Session session;

    TableRows(Connector.Request request, Table table, Session session, Connector.Stage stage) {
        this.request = request;
        this.table = table;
        this.session = session;
        this.files =
                new EngineFiles(
                        request,
                        new Copies(
                                new Locations(request, RestSettings.of(request)),
                                table.io(),
                                stage));
        this.deleted = new DeletedRows(files, table.io(), session);
    }

    /// Data files that one query reads.
    ///
    /// @param without names of delete files: rows that are equal to theirs are gone
    /// @param alone the file that has deletes of its own by position
    private record Group(
            FieldSql fields, Map<Equal, Set<String>> without, Optional<String> alone) {}

    /// Which columns of delete files say what is gone.
    private record Equal(List<Integer> ids, FieldSql fields) {}

    String select(List<FileScanTask> tasks) {
        if (tasks.isEmpty()) {
            return "select %s where false".formatted(NO_FIELDS.columns(columns(table), "f"));
        }
        files.look(
                tasks.stream()
                        .flatMap(task -> Stream.concat(Stream.of(task.file()), equals(task)))
                        .toList(),
                table,
                session);
        Map<Group, List<FileScanTask>> groups = new LinkedHashMap<>();
        for (FileScanTask task : tasks) {
            groups.computeIfAbsent(group(task), _ -> new ArrayList<>()).add(task);
        }
        return groups.entrySet().stream()
                .map(group -> select(group.getKey(), group.getValue()))
                .collect(Collectors.joining(" union all "));
    }

    private Group group(FileScanTask task) {
        Map<Equal, Set<String>> without = new LinkedHashMap<>();
        equals(task)
                .forEach(delete ->
                        without.computeIfAbsent(
                                        new Equal(
                                                List.copyOf(delete.equalityFieldIds()),
                                                fields(delete, task.spec())),
                                        _ -> new TreeSet<>())
                                .add(files.name(delete)));
        return new Group(
                fields(task.file(), task.spec()),
                without,
                Optional.of(task.file().location()).filter(_ -> !positions(task).isEmpty()));
    }

    private static Stream<DeleteFile> equals(FileScanTask task) {
        return task.deletes().stream()
                .filter(delete -> delete.content() == FileContent.EQUALITY_DELETES);
    }

    private static List<DeleteFile> positions(FileScanTask task) {
        return task.deletes().stream()
                .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
                .toList();
    }

    private String select(Group group, List<FileScanTask> tasks) {
        DataFile first = tasks.getFirst().file();
        String names =
                tasks.stream()
                        .map(task -> files.name(task.file()))
                        .collect(Collectors.joining(", "));
        String columns = select(group.fields(), columns(table), first);
        String select =
                group.alone().isEmpty()
                        ? "%s from read_parquet([%s], hive_partitioning = false) f"
                                .formatted(columns, names)
                        : "%s from read_parquet(%s, hive_partitioning = false, file_row_number = true) f anti join (%s) p on f.file_row_number = p.pos"
                                .formatted(
                                        columns,
                                        names,
                                        deleted.select(first, positions(tasks.getFirst())));
        for (Map.Entry<Equal, Set<String>> equal : group.without().entrySet()) {
            select = without(select, equal.getKey(), equal.getValue(), first);
        }
        return select;
    }

    private String without(String select, Equal equal, Set<String> names, DataFile file) {
        List<NestedField> columns = equal.ids().stream().map(id -> column(id, file)).toList();
        return "select t.* from (%s) t anti join (%s from read_parquet([%s], hive_partitioning = false) f) d on %s"
                .formatted(
                        select,
                        select(equal.fields(), columns, file),
                        String.join(", ", names),
                        columns.stream()
                                .map(column -> Sql.quote(column.name()))
                                .map(name -> "t.%s is not distinct from d.%s".formatted(name, name))
                                .collect(Collectors.joining(" and ")));
    }

    private NestedField column(int id, DataFile file) {
        return columns(table).stream()
                .filter(column -> column.fieldId() == id)
                .findFirst()
                .orElseThrow(() ->
                        rewrite(
                                "rows of %s are deleted by the values of a column that the table has no more"
                                        .formatted(file.location())));
    }

    private String select(FieldSql fields, List<NestedField> wanted, ContentFile<?> file) {
        try {
            return "select " + fields.columns(wanted, "f");
        } catch (FieldSql.Unreadable e) {
            throw unreadable(file, e);
        }
    }

    private AdeException unreadable(ContentFile<?> file, FieldSql.Unreadable e) {
        return rewrite("data file %s: %s".formatted(file.location(), e.getMessage()));
    }

    private AdeException rewrite(String reason) {
        return request.wrong(
                reason, "Have the engine that writes the table rewrite its data files");
    }

    /// What is read of a table. What another ADE keeps says in columns of the same names where that has a row from.
    static List<NestedField> columns(Table table) {
        return table.schema().columns().stream()
                .filter(column ->
                        !LoadedColumns.NAMES.contains(column.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private FieldSql fields(ContentFile<?> file, PartitionSpec spec) {
        try {
            ParquetField root = files.root(file);
            return new FieldSql(root, constants(file, root, spec));
        } catch (FieldSql.Unreadable e) {
            throw unreadable(file, e);
        }
    }

    /// What all rows of a file have, which files that were once Hive's do not hold themselves.
    private Map<Integer, String> constants(
            ContentFile<?> file, ParquetField root, PartitionSpec spec) {
        Map<Integer, String> constants = new HashMap<>();
        List<PartitionField> fields = spec.fields();
        for (int i = 0; i < fields.size(); i++) {
            int id = fields.get(i).sourceId();
            Type type = table.schema().findType(id);
            if (fields.get(i).transform().isIdentity()
                    && type != null
                    && root.child(id).isEmpty()) {
                Object value = file.partition().get(i, Object.class);
                constants.put(id, FieldSql.constant(type, value));
            }
        }
        return constants;
    }
}
