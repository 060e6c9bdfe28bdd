package dev.ade.run.environment;

import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a dataset differs between two environments.
///
/// @param columns that only one side has, or that have another type
/// @param rows empty where rows were not compared: one side does not have the dataset
public record DatasetDiff(
        TableName dataset, Outcome outcome, List<ColumnDiff> columns, Optional<Rows> rows) {
    public DatasetDiff {
        columns = List.copyOf(columns);
    }

    public enum Outcome {
        /// The same version: nothing was read.
        SAME_VERSION,
        /// Other versions, the same columns and rows.
        SAME_DATA,
        DIFFERENT,
        ONLY_LEFT,
        ONLY_RIGHT
    }

    /// @param left its type there; empty where the column is not there
    public record ColumnDiff(String column, Optional<Type> left, Optional<Type> right) {}

    /// @param left rows there, whether they were compared or not
    /// @param added rows that only the left side has
    /// @param lost rows that only the right side has
    /// @param changed rows that both have under the same key, with other values
    /// @param byColumn how many rows have another value in a column; columns without such rows are left out
    /// @param key what rows were matched by; empty where they were compared as wholes, so that a changed row counts
    ///     as one lost and one added
    public record Rows(
            long left,
            long right,
            long added,
            long lost,
            long changed,
            Map<String, Long> byColumn,
            List<String> key) {
        public Rows {
            byColumn = java.util.Collections.unmodifiableMap(new TreeMap<>(byColumn));
            key = List.copyOf(key);
        }

        boolean isSame() {
            return added == 0 && lost == 0 && changed == 0;
        }
    }

    public boolean isDifferent() {
        return switch (outcome) {
            case SAME_VERSION, SAME_DATA -> false;
            case DIFFERENT, ONLY_LEFT, ONLY_RIGHT -> true;
        };
    }

    /// Columns in which two schemas differ, by the left one's order, then the right one's.
    static List<ColumnDiff> columns(Schema left, Schema right) {
        List<ColumnDiff> diffs = new ArrayList<>();
        left.columns()
                .forEach(column -> {
                    Optional<Type> there = right.find(column.name()).map(it -> it.type());
                    if (!there.equals(Optional.of(column.type()))) {
                        diffs.add(new ColumnDiff(column.name(), Optional.of(column.type()), there));
                    }
                });
        right.columns().stream()
                .filter(column -> left.find(column.name()).isEmpty())
                .forEach(column ->
                        diffs.add(
                                new ColumnDiff(
                                        column.name(),
                                        Optional.empty(),
                                        Optional.of(column.type()))));
        return diffs;
    }
}
