package dev.ade.store.rest;

import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.jspecify.annotations.Nullable;

/// A field as a Parquet file has it.
///
/// @param id the field id, 0 where it has none
/// @param children of a struct its fields, of a list its element, of a map its key and its value
record ParquetField(String name, int id, List<ParquetField> children) {
    ParquetField {
        children = List.copyOf(children);
    }

    /// Columns of files.
    ///
    /// @param paths by which the engine finds each file
    /// @param ids of columns by name, for files without ids
    /// @return by the name of the file
    static Map<String, ParquetField> of(
            Session session, Collection<String> paths, Optional<NameMapping> ids) {
        Map<String, List<Line>> lines = new HashMap<>();
        String select =
                "select file_name, name, num_children, field_id, coalesce(converted_type, ''), coalesce(logical_type, '') from parquet_schema([%s]) order by file_name, column_id"
                        .formatted(String.join(", ", paths));
        try (Cursor cursor = session.query(select)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                lines.computeIfAbsent(String.valueOf(row.getFirst()), _ -> new ArrayList<>())
                        .add(Line.of(row));
            }
        }
        Map<String, ParquetField> files = new HashMap<>();
        lines.forEach((file, some) -> files.put(file, root(some, ids)));
        return files;
    }

    Optional<ParquetField> child(int wanted) {
        return children.stream().filter(child -> child.id == wanted).findFirst();
    }

    private static ParquetField root(List<Line> lines, Optional<NameMapping> ids) {
        boolean hasIds = lines.stream().anyMatch(line -> line.id != 0);
        Iterator<Line> rest = lines.iterator();
        Line root = rest.next();
        return new ParquetField(
                root.name, 0, children(root, rest, List.of(), ids.filter(_ -> !hasIds)));
    }

    private static List<ParquetField> children(
            Line parent, Iterator<Line> rest, List<String> path, Optional<NameMapping> ids) {
        List<ParquetField> children = new ArrayList<>();
        for (int i = 0; i < parent.children; i++) {
            children.add(field(rest, path, ids));
        }
        return children;
    }

    private static ParquetField field(
            Iterator<Line> rest, List<String> path, Optional<NameMapping> ids) {
        Line line = rest.next();
        List<String> own = new ArrayList<>(path);
        own.add(line.name);
        int id = ids.map(names -> id(names.find(own))).orElse(line.id);
        Line parent = line.isRepeating() ? rest.next() : line;
        return new ParquetField(line.name, id, children(parent, rest, own, ids));
    }

    private static int id(@Nullable MappedField mapped) {
        return mapped == null || mapped.id() == null ? 0 : mapped.id();
    }

    private record Line(String name, int children, int id, String converted, String logical) {
        static Line of(List<@Nullable Object> row) {
            return new Line(
                    String.valueOf(row.get(1)),
                    number(row.get(2)),
                    number(row.get(3)),
                    String.valueOf(row.get(4)),
                    String.valueOf(row.get(5)));
        }

        private static int number(@Nullable Object value) {
            return value instanceof Number number ? number.intValue() : 0;
        }

        /// A list or map has one group that repeats, which has its element, or its key and value.
        boolean isRepeating() {
            return converted.equals("LIST")
                    || converted.startsWith("MAP")
                    || logical.startsWith("List")
                    || logical.startsWith("Map");
        }
    }
}
