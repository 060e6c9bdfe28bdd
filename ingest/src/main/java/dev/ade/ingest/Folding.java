package dev.ade.ingest;

import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Changes;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of each key when all staged changes are done one after the other.
final class Folding {
    private static final String OP = Sql.quote(Changes.OP);
    private static final String SAME = Sql.quote(Changes.SAME);
    private static final String LAST = "ade_sequence DESC, ade_row DESC";

    private final Session session;
    private final Schema schema;
    private final List<String> keys;

    /// @param keys quoted
    Folding(Session session, Schema schema, List<String> keys) {
        this.session = session;
        this.schema = schema;
        this.keys = List.copyOf(keys);
    }

    /// Whether all that was there before is gone. What was staged before that goes with it.
    boolean empties() {
        String last =
                """
                SELECT ade_sequence, ade_row FROM %s WHERE %s = '%s' ORDER BY %s LIMIT 1
                """
                        .formatted(Landing.STAGE, OP, Changes.TRUNCATE, LAST);
        Optional<List<@Nullable Object>> found = first(last);
        found.ifPresent(at ->
                session.execute(
                        "DELETE FROM %s WHERE (ade_sequence, ade_row) <= (%s, %s)"
                                .formatted(Landing.STAGE, at.get(0), at.get(1))));
        return found.isPresent();
    }

    /// The rows there are in the end.
    ///
    /// @param before rows of the dataset as it was, with its columns as they will be; empty for none
    /// @throws Connector.PositionLost where a change leaves out a value that is not there before either, or went since
    String rows(Optional<String> before) {
        Set<String> same = same();
        if (same.isEmpty()) {
            return """
            SELECT %s FROM (SELECT * FROM %s QUALIFY row_number() OVER (PARTITION BY %s ORDER BY %s) = 1)
            WHERE %s = '%s'
            """
                    .formatted(
                            names("", Set.of()),
                            Landing.STAGE,
                            String.join(", ", keys),
                            LAST,
                            OP,
                            Changes.PUT);
        }
        List<String> unsaid =
                schema.names().stream()
                        .filter(name -> same.contains(Expected.lower(name)))
                        .toList();
        requireKnown(unsaid, before);
        return "SELECT %s %s".formatted(names("c.", same), from(unsaid, before));
    }

    private String names(String prefix, Set<String> same) {
        return schema.names().stream()
                .map(name ->
                        same.contains(Expected.lower(name)) ? said(name) : prefix + Sql.quote(name))
                .collect(Collectors.joining(", "));
    }

    private static String said(String name) {
        String value = value(name);
        return "CASE WHEN c.%s IS NULL THEN b.%s ELSE c.%s.v END AS %s"
                .formatted(value, Sql.quote(name), value, Sql.quote(name));
    }

    private static String value(String name) {
        return Sql.quote("ade_said_" + name);
    }

    /// Columns that some change leaves out, in lower case.
    private Set<String> same() {
        List<String> names = new ArrayList<>();
        String sql = "SELECT DISTINCT unnest(%s) FROM %s".formatted(SAME, Landing.STAGE);
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                names.add(String.valueOf(row.getFirst()));
            }
        }
        return Set.copyOf(names);
    }

    /// The last change of each key as `c`, with what was last said of these columns, and the row before as `b`.
    private String from(List<String> unsaid, Optional<String> before) {
        String values = unsaid.stream().map(this::lastSaid).collect(Collectors.joining(",\n"));
        String on =
                keys.stream()
                        .map(key -> "b.%s = c.%s".formatted(key, key))
                        .collect(Collectors.joining(" AND "));
        String rows = before.orElse("SELECT * FROM %s WHERE FALSE".formatted(Landing.STAGE));
        return """
        FROM (
            SELECT *, row_number() OVER (PARTITION BY %s ORDER BY %s) AS ade_rank,
            %s
            FROM %s
            WHERE %s <> '%s'
        ) AS c LEFT JOIN (%s) AS b ON %s
        WHERE c.ade_rank = 1 AND c.%s = '%s'
        """
                .formatted(
                        String.join(", ", keys),
                        LAST,
                        values,
                        Landing.STAGE,
                        OP,
                        Changes.TRUNCATE,
                        rows,
                        on,
                        OP,
                        Changes.PUT);
    }

    /// Kept in a struct, since what was said may be NULL. Of a row that went it is not known: what was said before, or is
    /// stored, is no longer the value of what comes back under its key.
    private String lastSaid(String name) {
        return """
        last_value(CASE WHEN NOT coalesce(list_contains(%s, %s), FALSE)
                THEN {'v': %s, 'known': %s = '%s'} END IGNORE NULLS)
            OVER (PARTITION BY %s ORDER BY ade_sequence, ade_row
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS %s\
        """
                .formatted(
                        SAME,
                        Sql.literal(Expected.lower(name)),
                        Sql.quote(name),
                        OP,
                        Changes.PUT,
                        String.join(", ", keys),
                        value(name));
    }

    private void requireKnown(List<String> unsaid, Optional<String> before) {
        String any =
                unsaid.stream()
                        .map(name ->
                                "NOT coalesce(c.%s.known, b.%s IS NOT NULL)"
                                        .formatted(value(name), keys.getFirst()))
                        .collect(Collectors.joining(" OR "));
        String sql = "SELECT count(*) %s AND (%s)".formatted(from(unsaid, before), any);
        long rows = first(sql).map(row -> row.getFirst()).map(Folding::number).orElse(0L);
        if (rows > 0) {
            throw new Connector.PositionLost(
                    "%s changed that were not loaded before".formatted(Wording.count(rows, "row")));
        }
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private Optional<List<@Nullable Object>> first(String sql) {
        try (Cursor cursor = session.query(sql)) {
            return Optional.ofNullable(cursor.next());
        }
    }
}
