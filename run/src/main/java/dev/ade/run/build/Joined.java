package dev.ade.run.build;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Widening;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A history and what is seen now, in types that hold both: `1` is still `1` where a number has become text.
///
/// @param stored columns of the history
/// @param given columns of what is seen now
/// @param hidden columns that are NULL in the history from now on
record Joined(Schema stored, Schema given, Set<String> hidden) {
    /// A query of what is seen now.
    String given(String query) {
        return "select %s from (%s\n) as q".formatted(columns(given, stored, Set.of()), query);
    }

    /// A query of the history.
    ///
    /// @param table its rows
    String stored(String table) {
        return "select %s from %s as q".formatted(columns(stored, given, hidden), table);
    }

    Schema widened() {
        return new Schema(stored.columns().stream().map(column -> widened(column, given)).toList());
    }

    private static String columns(Schema one, Schema other, Set<String> hidden) {
        List<Column> columns = one.columns();
        return columns.stream()
                .map(column -> {
                    Column wide = widened(column, other);
                    String name =
                            hidden.contains(column.name())
                                    ? "cast(null as %s)".formatted(column.type().sql())
                                    : "q." + Sql.quote(column.name());
                    return wide.type().equals(column.type()) && !hidden.contains(column.name())
                            ? name
                            : "cast(%s as %s) as %s"
                                    .formatted(name, wide.type().sql(), Sql.quote(column.name()));
                })
                .collect(Collectors.joining(", "));
    }

    private static Column widened(Column column, Schema other) {
        return other.find(column.name())
                .map(it -> new Column(column.name(), Widening.of(column.type(), it.type())))
                .orElse(column);
    }
}
