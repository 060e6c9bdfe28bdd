package dev.ade.spi;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a query's result follows from, column by column, as the engine bound it.
///
/// A column of an input that is neither among an output column's `uses` nor among `rows` has no influence on the
/// values of that output column. The reverse is not promised: a use may cancel itself out.
///
/// @param columns one for each column of the result, in order
/// @param rows what decides which rows there are and how they meet: the columns that filter, join, group or sort
///     anywhere in the query. Roles are only those
/// @param isRowWise whether each row is made from one row, or from a group of rows: none meets another in a join or a window,
///     or is left out for its place among them
/// @param datasets all that the query reads
/// @param unknown why columns are not known; empty where they are. Then `uses` and `rows` are empty, and
///     every column may follow from everything in `datasets`
public record Lineage(
        List<OutputColumn> columns,
        List<Use> rows,
        boolean isRowWise,
        Set<TableName> datasets,
        String unknown) {
    public Lineage {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        datasets = Set.copyOf(datasets);
    }

    /// Only the datasets are known.
    public static Lineage ofDatasets(Schema schema, Set<TableName> datasets, String why) {
        List<OutputColumn> columns =
                schema.columns().stream()
                        .map(column -> new OutputColumn(column, "", List.of()))
                        .toList();
        return new Lineage(columns, List.of(), false, datasets, why);
    }

    /// Whether columns are known, not just datasets.
    public boolean isExact() {
        return unknown.isEmpty();
    }

    public Schema schema() {
        return new Schema(columns.stream().map(OutputColumn::column).toList());
    }

    public Optional<OutputColumn> find(String column) {
        return columns.stream()
                .filter(one -> one.column().name().equalsIgnoreCase(column))
                .findFirst();
    }

    /// @param expression how it is computed, in terms of the inputs' columns; shortened where it is long
    /// @param uses what its values follow from; empty for constants
    public record OutputColumn(Column column, String expression, List<Use> uses) {
        public OutputColumn {
            uses = List.copyOf(uses);
        }

        /// The most that is done to any input on the way here; empty for constants.
        public Optional<Role> how() {
            return uses.stream()
                    .map(Use::role)
                    .filter(Role::isDirect)
                    .max(Comparator.naturalOrder())
                    .or(() -> uses.stream().map(Use::role).max(Comparator.naturalOrder()));
        }
    }

    /// A column and what it is there for.
    public record Use(Input input, Role role) implements Comparable<Use> {
        private static final Comparator<Use> ORDER =
                Comparator.comparing((Use use) -> use.input.dataset())
                        .thenComparing(use -> use.input.column())
                        .thenComparing(use -> String.join(".", use.input.path()))
                        .thenComparing(Use::role);

        @Override
        public int compareTo(Use other) {
            return ORDER.compare(this, other);
        }
    }

    /// @param path fields inside a struct, outermost first; empty for the whole column
    public record Input(TableName dataset, String column, List<String> path) {
        public Input {
            path = List.copyOf(path);
        }

        public static Input of(TableName dataset, String column) {
            return new Input(dataset, column, List.of());
        }

        /// `zip` of the struct `address` is `address.zip`.
        public String columnPath() {
            return path.isEmpty() ? column : column + "." + String.join(".", path);
        }

        @Override
        public String toString() {
            return dataset + "." + columnPath();
        }
    }

    /// What a column is there for, from what leaves most of it to what leaves least.
    public enum Role {
        /// Its values come out as they are.
        COPY,
        /// Its values go into an expression.
        TRANSFORM,
        /// Values of several rows become one.
        AGGREGATE,
        /// Only whether something is so comes out: a comparison, `like`, `is null`.
        TEST,
        /// Only how many there are comes out.
        COUNT,
        /// It decides which of several values comes out: `case when`, a filter of an aggregate.
        CONDITION,
        /// It partitions, orders or frames a window.
        WINDOW,
        /// It orders what an aggregate takes, or the rows.
        SORT,
        /// Rows meet by it, or multiply by it (`unnest`).
        JOIN,
        /// Rows become one by it: `group by`, `distinct`.
        GROUP,
        /// Rows stay or go by it.
        FILTER;

        /// True where values come through; else the column only steers.
        public boolean isDirect() {
            return compareTo(COUNT) <= 0;
        }

        /// What is left where something in this role goes into something in `outer`.
        public Role then(Role outer) {
            return isDirect() && compareTo(outer) < 0 ? outer : this;
        }
    }
}
