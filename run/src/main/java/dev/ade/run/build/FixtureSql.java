package dev.ade.run.build;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.UnitTest.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows of unit tests as SQL.
final class FixtureSql {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?");

    private FixtureSql() {}

    /// @param like the columns of what the rows stand for: values become of their types, and those that no row has are
    ///     NULL. Empty where nobody knows them: then values are what they look like
    static String of(Rows rows, Optional<Schema> like) {
        return switch (rows) {
            case Rows.Query query -> query.sql();
            case Rows.Values values ->
                    like.map(schema -> typed(values, schema)).orElseGet(() -> guessed(values));
        };
    }

    private static String typed(Rows.Values values, Schema schema) {
        List<Column> columns = new ArrayList<>(schema.columns());
        return union(
                values,
                row ->
                        columns.stream()
                                .map(column ->
                                        "cast(%s as %s) as %s"
                                                .formatted(
                                                        literal(cell(values, row, column.name())),
                                                        column.type().sql(),
                                                        Sql.quote(column.name())))
                                .collect(Collectors.joining(", ")));
    }

    private static String guessed(Rows.Values values) {
        return union(
                values,
                row ->
                        values.columns().isEmpty()
                                ? "null as nothing"
                                : values.columns().stream()
                                        .map(column ->
                                                "%s as %s"
                                                        .formatted(
                                                                guess(cell(values, row, column)),
                                                                Sql.quote(column)))
                                        .collect(Collectors.joining(", ")));
    }

    private interface Select {
        String of(List<@Nullable Object> row);
    }

    private static String union(Rows.Values values, Select select) {
        if (values.rows().isEmpty()) {
            return "select " + select.of(List.of()) + " where false";
        }
        return values.rows().stream()
                .map(row -> "select " + select.of(row))
                .collect(Collectors.joining("\nunion all "));
    }

    private static @Nullable Object cell(
            Rows.Values values, List<@Nullable Object> row, String column) {
        for (int i = 0; i < row.size(); i++) {
            if (values.columns().get(i).equalsIgnoreCase(column)) {
                return row.get(i);
            }
        }
        return null;
    }

    private static String guess(@Nullable Object value) {
        if (value instanceof String text) {
            if (NUMBER.matcher(text).matches()
                    || text.equalsIgnoreCase("true")
                    || text.equalsIgnoreCase("false")) {
                return text;
            } else if (DATE.matcher(text).matches()) {
                return "DATE " + Sql.literal(text);
            } else if (TIME.matcher(text).matches()) {
                return "TIMESTAMP " + Sql.literal(text);
            }
        }
        return literal(value);
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Boolean _, Number _ -> value.toString();
            case Collection<?> many ->
                    many.stream()
                            .map(FixtureSql::literal)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    Sql.literal(String.valueOf(entry.getKey()))
                                            + ": "
                                            + literal(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> Sql.literal(value.toString());
        };
    }
}
