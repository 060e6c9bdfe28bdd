package dev.ade.run.forget;

import dev.ade.model.Sql;
import dev.ade.model.Type;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is looked for in one column of a table.
sealed interface Sought {
    String column();

    /// Columns that a file must have to hold it.
    List<String> needs();

    /// SQL that is TRUE of rows that hold it, and never NULL.
    ///
    /// @param type the column's; empty where files of different ages are read
    String condition(Optional<Type> type);

    /// These values.
    ///
    /// @param values as text
    record Values(String column, Set<String> values) implements Sought {
        public Values {
            values = Set.copyOf(values);
        }

        @Override
        public List<String> needs() {
            return List.of(column);
        }

        @Override
        public String condition(Optional<Type> type) {
            String name = Sql.quote(column);
            String all =
                    type.map(one -> literals("TRY_CAST(%%s AS %s)".formatted(one.sql())))
                            .orElseGet(() -> literals("%s"));
            String value = type.isPresent() ? name : "CAST(%s AS VARCHAR)".formatted(name);
            return "(%s IN (%s)) IS TRUE".formatted(value, all);
        }

        private String literals(String form) {
            return new TreeSet<>(values)
                    .stream()
                            .map(value -> form.formatted(Sql.literal(value)))
                            .collect(Collectors.joining(", "));
        }
    }

    /// These values within others: as a text of a list, a struct or a map, or within a text.
    ///
    /// @param values as text
    record Inside(String column, Set<String> values, Place place) implements Sought {
        public Inside {
            values = Set.copyOf(values);
        }

        enum Place {
            NESTED,
            TEXT
        }

        @Override
        public List<String> needs() {
            return List.of(column);
        }

        @Override
        public String condition(Optional<Type> type) {
            String all =
                    switch (place) {
                        case NESTED -> "CAST(to_json(%s) AS VARCHAR)";
                        case TEXT -> "CAST(%s AS VARCHAR)";
                    };
            String one =
                    switch (place) {
                        case NESTED -> "CAST(to_json(%s) AS VARCHAR)";
                        case TEXT -> "%s";
                    };
            return new TreeSet<>(values)
                    .stream()
                            .map(Sql::literal)
                            .map(value ->
                                    "contains(%s, %s)"
                                            .formatted(
                                                    all.formatted(Sql.quote(column)),
                                                    one.formatted(value)))
                            .collect(Collectors.joining(" OR ", "(", ") IS TRUE"));
        }
    }

    /// A log of ADE's own that may quote values.
    ///
    /// @param sql TRUE of rows that do; may be NULL of others
    record Quoted(String column, List<String> needs, String sql) implements Sought {
        public Quoted {
            needs = List.copyOf(needs);
        }

        @Override
        public String condition(Optional<Type> type) {
            return "(%s) IS TRUE".formatted(sql);
        }
    }

    /// What happened before an instant.
    record Before(String column, Instant until) implements Sought {
        @Override
        public List<String> needs() {
            return List.of(column);
        }

        @Override
        public String condition(Optional<Type> type) {
            return "(TRY_CAST(%s AS TIMESTAMPTZ) < TIMESTAMPTZ %s) IS TRUE"
                    .formatted(Sql.quote(column), Sql.literal(until.toString()));
        }
    }
}
