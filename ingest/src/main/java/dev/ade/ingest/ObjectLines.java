package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The columns of NDJSON by those of its first lines that are objects: for files with lines that are none.
final class ObjectLines {
    private final Session session;
    private final String objects;

    ObjectLines(Session session, ReaderOptions options, Path path) {
        this.session = session;
        this.objects =
                "(SELECT \"__ade_object\" AS o FROM %s WHERE \"__ade_object\" IS NOT NULL LIMIT %d)"
                        .formatted(Scans.lines(List.of(path), options), Samples.fitRows(options));
    }

    /// Empty where no line is an object with a member.
    List<Column> columns() {
        String structure =
                String.valueOf(
                        row("SELECT CAST(json_group_structure(o) AS VARCHAR) FROM " + objects)
                                .getFirst());
        if (!structure.startsWith("{\"")) {
            return List.of();
        }
        String types =
                structure
                        .replaceAll("([:\\[])\"UBIGINT\"", "$1\"BIGINT\"")
                        .replaceAll("([:\\[])\"NULL\"", "$1\"VARCHAR\"");
        return temporal(
                session.describe(
                                "SELECT unnest(json_transform('{}'::JSON, %s))"
                                        .formatted(Sql.literal(types)))
                        .columns());
    }

    /// Texts that are all dates or timestamps are what they look like.
    private List<Column> temporal(List<Column> columns) {
        String verdicts =
                columns.stream().map(ObjectLines::isTemporal).collect(Collectors.joining(", "));
        List<@Nullable Object> looks = row("SELECT %s FROM %s".formatted(verdicts, objects));
        List<Column> typed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Optional<Type> better =
                    column.type() == Type.Simple.VARCHAR
                            ? look(String.valueOf(looks.get(i)))
                            : Optional.empty();
            typed.add(new Column(column.name(), better.orElse(column.type())));
        }
        return typed;
    }

    private static Optional<Type> look(String word) {
        return switch (word) {
            case "date" -> Optional.of(Type.Simple.DATE);
            case "timestamp" -> Optional.of(Type.Simple.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    private static String isTemporal(Column column) {
        String name = column.name().replace("\\", "\\\\").replace("\"", "\\\"");
        String text = "json_extract_string(o, %s)".formatted(Sql.literal("$.\"" + name + "\""));
        return """
        CASE WHEN bool_and(regexp_full_match(%1$s, '\\d{4}-\\d{2}-\\d{2}') AND TRY_CAST(%1$s AS DATE) IS NOT NULL) THEN 'date'
             WHEN bool_and(%1$s LIKE '____-__-__%%' AND TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL) THEN 'timestamp' END\
        """
                .formatted(text);
    }

    private List<@Nullable Object> row(String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(1).getFirst();
        }
    }
}
