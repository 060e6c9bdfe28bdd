package dev.ade.duck;

import dev.ade.model.AdeException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/// Functions that queries of users may read from: those that make rows of their arguments, and those that tell of what
/// there is. Others open files, run texts as queries, log or profile what everybody asks, or reach outside.
final class TableFunctions {
    private static final Set<String> ALLOWED =
            Set.of(
                    "duckdb_columns",
                    "duckdb_constraints",
                    "duckdb_databases",
                    "duckdb_functions",
                    "duckdb_indexes",
                    "duckdb_keywords",
                    "duckdb_schemas",
                    "duckdb_sequences",
                    "duckdb_settings",
                    "duckdb_tables",
                    "duckdb_types",
                    "duckdb_views",
                    "generate_series",
                    "histogram",
                    "histogram_values",
                    "icu_calendar_names",
                    "json_each",
                    "json_tree",
                    "pg_timezone_names",
                    "pragma_collations",
                    "pragma_show",
                    "pragma_table_info",
                    "pragma_version",
                    "range",
                    "repeat",
                    "repeat_row",
                    "summary",
                    "test_all_types",
                    "unnest");

    private TableFunctions() {}

    /// @throws AdeException USER where there is another
    static void requireHarmless(Collection<String> names) {
        names.stream()
                .filter(name -> !ALLOWED.contains(name.toLowerCase(Locale.ROOT)))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw AdeException.user(
                            "Cannot run the query: it may not read from %s()".formatted(name),
                            "Only datasets can be read here (ade status lists them); what lies in files is loaded by a source: ade source inspect");
                });
    }
}
