package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.project.table.TableValue;
import dev.ade.spi.Compiler.Database;
import dev.ade.spi.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one rendering asked the database, and what it was told: `run_query`, `statement`, `load_result`.
final class Results {
    /// Rows of one answer; templates are not where data is worked on.
    static final int ROWS_MAX = 100_000;

    static final Set<String> QUERIES =
            Set.of(
                    "select",
                    "with",
                    "from",
                    "values",
                    "show",
                    "describe",
                    "desc",
                    "summarize",
                    "pivot",
                    "unpivot",
                    "table",
                    "explain",
                    "(");

    private final Occasion occasion;
    private final Map<String, Object> named = new HashMap<>();

    Results(Occasion occasion) {
        this.occasion = occasion;
    }

    /// The rows as a table; none while the project is only read.
    Object runQuery(Arguments arguments) {
        return ask(Python.text(arguments.require(0, "sql")))
                .<Object>map(table -> table)
                .orElse(None.NONE);
    }

    /// `{% call statement('name', fetch_result=true) %}…{% endcall %}`.
    Object statement(Arguments arguments) {
        if (!occasion.isExecuting()) {
            return "";
        }
        Object name = arguments.get(0, "name", None.NONE);
        Object caller = arguments.named().get("caller");
        if (!(caller instanceof Callable body)) {
            throw new IllegalArgumentException("statement is called with a block");
        }
        String sql = Python.text(body.call(new Arguments(List.of(), Map.of())));
        Optional<Scratch> scratch = occasion.scratch();
        Map<Object, Object> result =
                scratch.isPresent()
                        ? changed(scratch.get(), sql)
                        : result(ask(sql).orElseThrow(), "OK");
        if (name instanceof String key) {
            named.put(key, result);
        }
        return "";
    }

    /// What statements of a materialization did, and what the last of them gives.
    private Map<Object, Object> changed(Scratch scratch, String sql) {
        Scratch.Done done = scratch.run(sql);
        TableValue table = done.query().map(this::rows).orElseGet(Results::nothing);
        return result(table, new Response(done.rows()));
    }

    private TableValue rows(String query) {
        Database database = occasion.ask("run a query").orElseThrow();
        try (Cursor cursor = database.session().query(query)) {
            return table(cursor);
        }
    }

    private static TableValue nothing() {
        return new TableValue(List.of(), List.of());
    }

    /// What dbt's adapter says of a statement: prints as `OK`.
    record Response(long rows) implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "rows_affected" -> rows;
                case "code" -> "OK";
                case "_message" -> toString();
                default -> new Undefined(name, "a response has no '" + name + "'");
            };
        }

        @Override
        public boolean isMapping() {
            return true;
        }

        @Override
        public String toString() {
            return "OK";
        }
    }

    private static Map<Object, Object> result(TableValue table, Object response) {
        Map<Object, Object> result = new LinkedHashMap<>();
        result.put("response", response);
        result.put("data", table.data());
        result.put("table", table);
        return result;
    }

    Object load(Arguments arguments) {
        return named.getOrDefault(Python.text(arguments.require(0, "name")), None.NONE);
    }

    /// `store_result(name, response, agate_table)`.
    Object store(Arguments arguments) {
        Object table = arguments.named().getOrDefault("agate_table", None.NONE);
        Map<Object, Object> result =
                table instanceof TableValue value ? result(value, "OK") : new LinkedHashMap<>();
        result.put("response", arguments.get(1, "response", ""));
        named.put(Python.text(arguments.require(0, "name")), result);
        return "";
    }

    private Optional<TableValue> ask(String sql) {
        Optional<Database> database = occasion.ask("run a query");
        if (database.isEmpty()) {
            return Optional.empty();
        }
        Optional<Scratch> scratch = occasion.scratch();
        if (scratch.isPresent()) {
            return Optional.of(
                    scratch.get().run(sql).query().map(this::rows).orElseGet(Results::nothing));
        }
        String query = SqlText.tidy(sql);
        requireQuery(query);
        return Optional.of(rows(query));
    }

    private static TableValue table(Cursor cursor) {
        List<TableValue.Field> fields = new ArrayList<>();
        for (Column column : cursor.schema().columns()) {
            fields.add(new TableValue.Field(column.name(), column.type().sql()));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
            if (rows.size() == ROWS_MAX) {
                throw AdeException.user(
                        "Cannot take more than %,d rows into a template".formatted(ROWS_MAX),
                        "Let the query sum them up");
            }
            rows.add(row.stream().map(Values::cell).toList());
        }
        return new TableValue(fields, rows);
    }

    /// Templates ask; what changes the store is the run's.
    private static void requireQuery(String sql) {
        String word = SqlText.firstWord(sql).toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            throw AdeException.user("Cannot run an empty query", "Write a SELECT");
        }
        if (!QUERIES.contains(word)) {
            throw AdeException.user(
                    "Cannot run '%s …' from a template: only what is stored by a run changes the store"
                            .formatted(word),
                    "Let models make what is needed; templates may run queries");
        }
    }
}
