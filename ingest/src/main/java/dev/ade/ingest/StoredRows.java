package dev.ade.ingest;

import dev.ade.model.Field;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rows that a dataset held before this load, read file by file: which file a row is in decides what is rewritten.
final class StoredRows {
    private final Relation.Scan scan;

    StoredRows(Relation.Scan scan) {
        this.scan = scan;
    }

    List<String> paths() {
        return scan.groups().stream()
                .flatMap(group -> group.files().stream())
                .map(Relation.ScanFile::path)
                .toList();
    }

    Optional<Type> type(String column) {
        return scan.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(column))
                .findFirst()
                .map(Field::type);
    }

    /// The current columns of these files' rows, and the file as `__ade_file`.
    String select(Collection<String> paths) {
        Set<String> wanted = Set.copyOf(paths);
        List<String> groups = new ArrayList<>();
        for (Relation.FileGroup group : scan.groups()) {
            List<Relation.ScanFile> files =
                    group.files().stream().filter(file -> wanted.contains(file.path())).toList();
            if (!files.isEmpty()) {
                groups.add(select(group, files));
            }
        }
        return groups.isEmpty() ? none() : String.join("\nUNION ALL\n", groups);
    }

    /// The columns of `select(paths)` that `expression` makes of each current one, by name.
    String select(
            Collection<String> paths, List<String> columns, Function<String, String> expression) {
        String selected = columns.stream().map(expression).collect(Collectors.joining(", "));
        return "SELECT %s FROM (%s) AS s".formatted(selected, select(paths));
    }

    private String select(Relation.FileGroup group, List<Relation.ScanFile> files) {
        String columns =
                scan.fields().stream()
                        .map(field ->
                                column(field, group.written()) + " AS " + Sql.quote(field.name()))
                        .collect(Collectors.joining(", "));
        String paths =
                files.stream()
                        .map(file -> Scans.path(file.path()))
                        .collect(Collectors.joining(", "));
        return "SELECT %s, %s FROM read_parquet([%s], filename=%s, file_row_number=true)%s"
                .formatted(
                        columns,
                        Sql.quote(Scans.FILE),
                        paths,
                        Sql.literal(Scans.FILE),
                        deleted(files));
    }

    private static String column(Field field, List<Field> written) {
        return written.stream()
                .filter(old -> old.id() == field.id())
                .findFirst()
                .map(old ->
                        old.type().equals(field.type())
                                ? Sql.quote(old.name())
                                : "CAST(%s AS %s)"
                                        .formatted(Sql.quote(old.name()), field.type().sql()))
                .orElse("CAST(NULL AS %s)".formatted(field.type().sql()));
    }

    private static String deleted(List<Relation.ScanFile> files) {
        String gone =
                files.stream()
                        .filter(file -> !file.deletedRows().isEmpty())
                        .map(file ->
                                "(%s = %s AND %s IN (%s))"
                                        .formatted(
                                                Sql.quote(Scans.FILE),
                                                Sql.literal(file.path()),
                                                Scans.ROW,
                                                file.deletedRows().stream()
                                                        .map(String::valueOf)
                                                        .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining(" OR "));
        return gone.isEmpty() ? "" : " WHERE NOT (" + gone + ")";
    }

    private String none() {
        String columns =
                scan.fields().stream()
                        .map(field ->
                                "CAST(NULL AS %s) AS %s"
                                        .formatted(field.type().sql(), Sql.quote(field.name())))
                        .collect(Collectors.joining(", "));
        return "SELECT %s, NULL AS %s WHERE FALSE".formatted(columns, Sql.quote(Scans.FILE));
    }
}
