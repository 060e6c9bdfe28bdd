package dev.ade.duck;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Puts rows of Java into a temporary table.
final class Staging {
    private static final int BATCH_ROWS = 500;

    private Staging() {}

    static void stage(
            DuckDBConnection connection,
            String table,
            Schema schema,
            Iterable<? extends List<? extends @Nullable Object>> rows) {
        String columns =
                schema.columns().stream()
                        .map(column -> Sql.quote(column.name()) + " " + column.type().sql())
                        .collect(Collectors.joining(", "));
        String insert =
                schema.columns().stream()
                        .map(Staging::hole)
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        "insert into temp." + Sql.quote(table) + " values (",
                                        ")"));
        try (PreparedStatement create =
                connection.prepareStatement(
                        "create or replace temp table %s (%s)"
                                .formatted(Sql.quote(table), columns))) {
            create.execute();
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                fill(statement, rows);
            }
        } catch (SQLException e) {
            throw Errors.of(e, insert);
        }
    }

    private static String hole(Column column) {
        return column.type().isNested() ? "cast(? as %s)".formatted(column.type().sql()) : "?";
    }

    private static void fill(
            PreparedStatement statement, Iterable<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        int pending = 0;
        for (List<? extends @Nullable Object> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                statement.setObject(i + 1, value(row.get(i)));
            }
            statement.addBatch();
            if (++pending % BATCH_ROWS == 0) {
                statement.executeBatch();
            }
        }
        statement.executeBatch();
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case List<?> list -> literal(list);
            default -> value;
        };
    }

    /// A list in DuckDB's text form, which the statement casts to its type.
    private static String literal(List<?> list) {
        return list.stream().map(Staging::element).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String element(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Number number -> number.toString();
            case List<?> list -> literal(list);
            default -> "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
        };
    }
}
