package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.QueryDifference;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/// Which datasets a statement names, by DuckDB's own parser. Thread-safe.
///
/// Only names with a namespace count, and those of CTEs have none, so they need not be told apart.
final class References implements AutoCloseable {
    private static final int CACHED_MAX = 10_000;
    private static final int NAMED_MAX = 1_000;

    /// In the parser's JSON every quote inside a value is escaped, so this can match nothing but a table.
    /// The quantifiers take all they can and give nothing back, which keeps long texts from filling the stack.
    private static final Pattern TABLE =
            Pattern.compile(
                    "\"type\":\"BASE_TABLE\".*?\"schema_name\":\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\","
                            + "\"table_name\":\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

    private static final Pattern TABLE_FUNCTION =
            Pattern.compile(
                    "\"type\":\"TABLE_FUNCTION\".*?\"function_name\":\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

    /// A CTE that writes; all that only read are called otherwise.
    private static final Pattern WRITING = Pattern.compile("\"type\":\"([A-Z]++)_QUERY_NODE\"");

    private static final Pattern ERROR =
            Pattern.compile(
                    "\"error_message\":\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"(?:.*\"position\":\"(\\d+)\")?");
    private static final Pattern PAIR =
            Pattern.compile(
                    "(\"[^\"]++(?:\"\"[^\"]*+)*+\"|[A-Za-z_][\\w$]*+)\\s*\\.\\s*(\"[^\"]++(?:\"\"[^\"]*+)*+\"|[A-Za-z_][\\w$]*+)");

    /// What a query reads from.
    private record Named(Set<TableName> tables, Set<String> functions) {}

    private final Map<String, Named> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Named> eldest) {
                    return size() > CACHED_MAX;
                }
            };

    /// Parsers that nobody uses now; as many as were ever used at once. Preparing one takes as long as parsing does.
    private final Queue<PreparedStatement> idle = new ConcurrentLinkedQueue<>();

    private final Supplier<DuckDBConnection> connections;

    References(Supplier<DuckDBConnection> connections) {
        this.connections = connections;
    }

    private PreparedStatement parser() {
        PreparedStatement free = idle.poll();
        return free == null ? parser(connections.get()) : free;
    }

    @Override
    public void close() {
        for (PreparedStatement free = idle.poll(); free != null; free = idle.poll()) {
            try {
                free.getConnection().close();
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }
    }

    private static PreparedStatement parser(DuckDBConnection connection) {
        try {
            return connection.prepareStatement(
                    "select j, json_array_length(j, '$.statements') from (select json_serialize_sql(?::varchar) as j)");
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    /// @throws AdeException USER where the text is not one SELECT
    Set<TableName> of(String select) {
        return named(select).tables();
    }

    /// Functions in the place of tables.
    ///
    /// @throws AdeException USER where the text is not one SELECT
    Set<String> functions(String select) {
        return named(select).functions();
    }

    private Named named(String select) {
        synchronized (cache) {
            Named known = cache.get(select);
            if (known != null) {
                return known;
            }
        }
        Named found = parse(select);
        synchronized (cache) {
            cache.put(select, found);
        }
        return found;
    }

    /// Every `a.b` in any statement: more than it names, but nothing less.
    static Set<TableName> candidates(String statement) {
        Set<TableName> found = new HashSet<>();
        Matcher matcher = PAIR.matcher(statement);
        int from = 0;
        while (matcher.find(from) && found.size() < NAMED_MAX) {
            add(found, plain(matcher.group(1)), plain(matcher.group(2)));
            from = matcher.start(2);
        }
        return found;
    }

    private Named parse(String select) {
        String json = json(select);
        requireReading(json);
        return new Named(tables(json), functionsIn(json));
    }

    private static void requireReading(String json) {
        Matcher writing = WRITING.matcher(json);
        if (writing.find()) {
            throw AdeException.user(
                    "Cannot run the query: it has a WITH that writes (%s)"
                            .formatted(writing.group(1).toLowerCase(Locale.ROOT)),
                    "Leave it out: a query only reads");
        }
    }

    /// How one query differs from another. Trees are not kept: a pair is compared once or twice.
    QueryDifference difference(String before, String after) {
        try {
            return Differences.between(SyntaxTree.of(json(before)), SyntaxTree.of(json(after)));
        } catch (IOException tooDeep) {
            return QueryDifference.OTHER;
        }
    }

    private String json(String select) {
        PreparedStatement statement = parser();
        try {
            statement.setString(1, select);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                String json = result.getString(1);
                if (result.getInt(2) > 1) {
                    throw AdeException.user(
                            "Cannot run the query: it is more than one statement",
                            "Send one at a time");
                }
                return parsed(json, select);
            }
        } catch (SQLException e) {
            throw Errors.of(e, select);
        } finally {
            idle.add(statement);
        }
    }

    private static String parsed(String json, String select) {
        if (json.startsWith("{\"error\":true")) {
            Matcher error = ERROR.matcher(json);
            String message =
                    error.find() ? error.group(1).replace("\\\"", "\"").replace("\\n", "\n") : json;
            throw Errors.parse(message, error.hasMatch() ? error.group(2) : null, select);
        }
        return json;
    }

    private static Set<TableName> tables(String json) {
        Set<TableName> found = new HashSet<>();
        Matcher matcher = TABLE.matcher(json);
        while (matcher.find()) {
            add(found, matcher.group(1), matcher.group(2));
        }
        return Set.copyOf(found);
    }

    private static Set<String> functionsIn(String json) {
        Set<String> found = new HashSet<>();
        Matcher matcher = TABLE_FUNCTION.matcher(json);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return Set.copyOf(found);
    }

    private static void add(Set<TableName> found, String namespace, String name) {
        if (namespace.isEmpty()
                || namespace.equals("information_schema")
                || namespace.equals("pg_catalog")) {
            return;
        }
        try {
            found.add(TableName.of(namespace, name));
        } catch (AdeException notADataset) {
            // A name no dataset can have: the engine will say that there is no such table.
        }
    }

    private static String plain(String identifier) {
        return identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier;
    }
}
