package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Sql;
import dev.ade.spi.Connector.Changes;
import java.util.List;
import java.util.stream.Collectors;

/// What is different about changes on their way in: a row that goes has nothing but its key, and a row that changes may
/// leave values out that stay as they are.
final class ChangeSql {
    private static final String OP = Sql.quote(Changes.OP);
    private static final String SAME = Sql.quote(Changes.SAME);

    private ChangeSql() {}

    /// The columns of `Changes` as they are read; columns are named as the dataset names them.
    static String read(Aliases aliases) {
        return "%s, %s, %s".formatted(OP, same(aliases), Sql.quote(Changes.NUMBER));
    }

    private static String same(Aliases aliases) {
        if (aliases.isEmpty()) {
            return SAME;
        }
        String cases =
                aliases.names().entrySet().stream()
                        .map(name ->
                                "WHEN %s THEN %s"
                                        .formatted(
                                                Sql.literal(name.getKey()),
                                                Sql.literal(Expected.lower(name.getValue()))))
                        .collect(Collectors.joining(" "));
        return "[CASE x %s ELSE x END FOR x IN %s] AS %s".formatted(cases, SAME, SAME);
    }

    /// The place of each row, of `t`, in its part, and what to do with it under the names of `Changes`.
    static String columns(Shape shape) {
        return shape.isChanges()
                ? "t.%s AS \"ade_row\", t.%s, t.%s".formatted(Sql.quote(Changes.NUMBER), OP, SAME)
                : "t.\"ade_row\", '%s' AS %s, CAST(NULL AS VARCHAR[]) AS %s"
                        .formatted(Changes.PUT, OP, SAME);
    }

    /// What must hold of a column holds of changes only where they say its value.
    static void loosen(List<RowCheck> checks, String column) {
        checks.replaceAll(check -> check.column().equals(column) ? loosened(check) : check);
    }

    private static RowCheck loosened(RowCheck check) {
        String unsaid =
                check.reason().equals(RowCheck.KEY)
                        ? "%s = '%s'".formatted(OP, Changes.TRUNCATE)
                        : "%s <> '%s' OR coalesce(list_contains(%s, %s), FALSE)"
                                .formatted(
                                        OP,
                                        Changes.PUT,
                                        SAME,
                                        Sql.literal(Expected.lower(check.column())));
        return new RowCheck(
                check.column(),
                "%s OR (%s)".formatted(unsaid, check.condition()),
                check.value(),
                check.reason());
    }
}
