package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.spi.Connector.Changes;
import dev.ade.spi.Connector.History;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What is different about changes on their way in: a row that goes has nothing but its key, and a row that changes may
/// leave values out that stay as they are.
final class ChangeSql {
    private static final String OP = Sql.quote(Changes.OP);
    private static final String SAME = Sql.quote(Changes.SAME);

    /// What is staged for a row that changed and does not land as it is now: as it was before it is no more. Only its key
    /// counts, and values that the change does not say are `Changes.SAME`.
    private static final String REJECTED = "rejected";

    /// TRUE of staged rows that land.
    static final String LANDS = "%s <> '%s'".formatted(OP, REJECTED);

    private static final String HISTORY_OP = History.COLUMNS.get(0).name();
    private static final String HISTORY_UNSAID = History.COLUMNS.get(1).name();

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
    ///
    /// @param isGood SQL that is TRUE of rows that land
    static String columns(Shape shape, String isGood) {
        return shape.isChanges()
                ? "t.%s AS \"ade_row\", CASE WHEN %s THEN t.%s ELSE '%s' END AS %s, t.%s"
                        .formatted(Sql.quote(Changes.NUMBER), isGood, OP, REJECTED, OP, SAME)
                : "t.\"ade_row\", '%s' AS %s, CAST(NULL AS VARCHAR[]) AS %s"
                        .formatted(Changes.PUT, OP, SAME);
    }

    /// TRUE of rows that are staged.
    ///
    /// @param isGood SQL that is TRUE of rows that land
    /// @param hasKey SQL that is TRUE of rows whose key can land
    static String staged(String isGood, String hasKey) {
        return "%s OR (%s = '%s' AND %s)".formatted(isGood, OP, Changes.PUT, hasKey);
    }

    /// What must hold of a column holds of changes only where they say its value.
    static void loosen(List<RowCheck> checks, String column) {
        checks.replaceAll(check -> check.column().equals(column) ? loosened(check) : check);
    }

    /// What must hold of a column of a history: a row that goes has nothing but its key, and a truncated table has no row.
    ///
    /// @param column as the table has it
    /// @param typed SQL of the value of a column of the history
    static String whereSaid(
            String condition, Optional<Column> column, UnaryOperator<String> typed) {
        String name = column.map(Column::name).orElse("");
        return "%s = '%s' OR list_contains(%s, %s) OR %s"
                .formatted(
                        typed.apply(HISTORY_OP),
                        Changes.TRUNCATE,
                        typed.apply(HISTORY_UNSAID),
                        Sql.literal(name),
                        condition);
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
