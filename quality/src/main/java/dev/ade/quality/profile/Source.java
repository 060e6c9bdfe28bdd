package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query that gives the rows of files, with columns `c0`, `c1` and so on. Files of one table may have been written
/// under different schemas: columns are matched by field id.
record Source(List<Field> fields, List<WrittenFile> files) {
    /// Asks files that come without statistics, and so from earlier writes, for the names of their columns.
    String sql(Session session) {
        Map<String, Map<Integer, String>> written = written(session);
        Map<Integer, String> current = new HashMap<>();
        fields.forEach(field -> current.put(field.id(), field.name()));
        Map<Map<Integer, String>, List<String>> groups = new LinkedHashMap<>();
        for (WrittenFile file : files) {
            groups.computeIfAbsent(
                            written.getOrDefault(file.path(), current), _ -> new ArrayList<>())
                    .add(file.path());
        }
        return groups.entrySet().stream()
                .map(group -> select(group.getKey(), group.getValue()))
                .collect(Collectors.joining("\n  union all "));
    }

    private Map<String, Map<Integer, String>> written(Session session) {
        List<String> unknown =
                files.stream()
                        .filter(file -> file.columns().isEmpty())
                        .map(WrittenFile::path)
                        .toList();
        Map<String, Map<Integer, String>> written = new HashMap<>();
        if (unknown.isEmpty()) {
            return written;
        }
        String sql =
                "select file_name, field_id, name from parquet_schema(%s) where field_id is not null"
                        .formatted(list(unknown));
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                int id = Integer.parseInt(String.valueOf(row.get(1)));
                written.computeIfAbsent(String.valueOf(row.get(0)), _ -> new HashMap<>())
                        .put(id, String.valueOf(row.get(2)));
            }
        }
        return written;
    }

    private String select(Map<Integer, String> names, List<String> paths) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String name = names.get(field.id());
            columns.add(column(name == null ? "null" : Sql.quote(name), field) + " as c" + i);
        }
        return "select %s from read_parquet(%s, hive_partitioning = false)"
                .formatted(String.join(", ", columns), list(paths));
    }

    private static String list(List<String> paths) {
        return paths.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    /// It does not matter how nested columns have changed inside: of them only NULLs are counted.
    private static String column(String name, Field field) {
        return field.type().isNested()
                ? "case when %s is not null then [] end".formatted(name)
                : name + "::" + field.type().sql();
    }
}
