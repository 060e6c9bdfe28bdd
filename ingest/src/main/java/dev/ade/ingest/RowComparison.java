package dev.ade.ingest;

import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.Verified.Difference;
import dev.ade.spi.Verified.InColumn;
import dev.ade.spi.Verified.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds how two sets of rows differ: by their key where it tells rows apart on both sides, else as a whole.
final class RowComparison {
    /// Keys that are shown of each kind of difference.
    private static final int KEYS_SHOWN = 5;

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final String PAIRS = "ade_differing";
    private static final String IS = "\"__ade_is\"";

    private final Session session;
    private final String here;
    private final String there;
    private final Columns columns;

    /// @param session where both can be read
    /// @param here a query for the rows that are published
    /// @param there a query for those of the source
    RowComparison(Session session, String here, String there, Columns columns) {
        this.session = session;
        this.here = here;
        this.there = there;
        this.columns = columns;
    }

    /// @param all that both sides give, keys too, as values that can be compared
    /// @param key some of them; empty where rows are compared as a whole
    /// @param display whether values of the key may be shown
    record Columns(List<String> all, List<String> key, Display display) {
        Columns {
            all = List.copyOf(all);
            key = List.copyOf(key);
        }

        List<String> others() {
            return all.stream().filter(name -> !key.contains(name)).toList();
        }
    }

    enum Display {
        SHOWN,
        HIDDEN
    }

    /// @param isKeyed whether rows were told apart by their key
    record Result(boolean isKeyed, List<Difference> differences) {}

    Result run() {
        boolean isKeyed = !columns.key().isEmpty() && tells(here) && tells(there);
        return new Result(isKeyed, isKeyed ? byKey() : asWhole());
    }

    long count(String rows) {
        return numbers("SELECT count(*) FROM (%s)".formatted(rows)).getFirst();
    }

    /// Whether the key is another in each row.
    private boolean tells(String rows) {
        String same =
                "SELECT count(*) FROM (SELECT 1 FROM (%s) GROUP BY %s HAVING count(*) > 1 LIMIT 1)"
                        .formatted(rows, names(columns.key()));
        return numbers(same).getFirst() == 0;
    }

    private static String names(List<String> some) {
        return some.stream().map(Sql::quote).collect(Collectors.joining(", "));
    }

    private List<Difference> asWhole() {
        String all = names(columns.all());
        String sql =
                """
                SELECT coalesce(sum(n) FILTER (n > 0), 0), coalesce(-sum(n) FILTER (n < 0), 0)
                FROM (
                    SELECT sum(side) AS n
                    FROM (SELECT %s, 1 AS side FROM (%s) UNION ALL SELECT %s, -1 FROM (%s))
                    GROUP BY %s
                )
                """
                        .formatted(all, there, all, here, all);
        List<Long> found = numbers(sql);
        return Stream.of(
                        new Difference(Kind.MISSING, found.get(0), List.of(), List.of()),
                        new Difference(Kind.GONE, found.get(1), List.of(), List.of()))
                .filter(one -> one.rows() > 0)
                .toList();
    }

    private List<Difference> byKey() {
        session.execute("CREATE TEMP TABLE %s AS %s".formatted(PAIRS, pairs()));
        try {
            List<String> others = columns.others();
            List<String> counts = new ArrayList<>();
            KINDS.forEach(kind -> counts.add("count(*) FILTER (%s)".formatted(is(kind))));
            for (int i = 0; i < others.size(); i++) {
                counts.add("count(*) FILTER (%s AND d%d)".formatted(is(Kind.CHANGED), i));
            }
            List<Long> found =
                    numbers("SELECT %s FROM %s".formatted(String.join(", ", counts), PAIRS));
            List<Difference> all = new ArrayList<>();
            for (int i = 0; i < KINDS.size(); i++) {
                Kind kind = KINDS.get(i);
                if (found.get(i) > 0) {
                    List<InColumn> in = kind == Kind.CHANGED ? inColumns(others, found) : List.of();
                    all.add(new Difference(kind, found.get(i), in, keys(kind)));
                }
            }
            return all;
        } finally {
            session.execute("DROP TABLE " + PAIRS);
        }
    }

    private static String is(Kind kind) {
        return "kind = '%s'".formatted(kind);
    }

    private static List<InColumn> inColumns(List<String> others, List<Long> found) {
        return IntStream.range(0, others.size())
                .mapToObj(i -> new InColumn(others.get(i), found.get(KINDS.size() + i)))
                .filter(one -> one.rows() > 0)
                .toList();
    }

    /// One row for each key that is not the same on both sides: its kind, the key as `k0, k1, …`, and for each other
    /// column whether it differs, as `d0, d1, …`.
    private String pairs() {
        List<String> key = columns.key();
        List<String> others = columns.others();
        List<String> selected = new ArrayList<>();
        selected.add(
                "CASE WHEN h.%s IS NULL THEN '%s' WHEN t.%s IS NULL THEN '%s' ELSE '%s' END AS kind"
                        .formatted(IS, Kind.MISSING, IS, Kind.GONE, Kind.CHANGED));
        List<String> on = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            String name = Sql.quote(key.get(i));
            selected.add("coalesce(h.%s, t.%s) AS k%d".formatted(name, name, i));
            on.add("h.%s = t.%s".formatted(name, name));
        }
        List<String> differs = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            String name = Sql.quote(others.get(i));
            differs.add("h.%s IS DISTINCT FROM t.%s".formatted(name, name));
            selected.add(differs.getLast() + " AS d" + i);
        }
        differs.add("h.%s IS NULL".formatted(IS));
        differs.add("t.%s IS NULL".formatted(IS));
        return """
        SELECT %s
        FROM (SELECT *, TRUE AS %s FROM (%s)) AS h
        FULL JOIN (SELECT *, TRUE AS %s FROM (%s)) AS t ON %s
        WHERE %s
        """
                .formatted(
                        String.join(", ", selected),
                        IS,
                        here,
                        IS,
                        there,
                        String.join(" AND ", on),
                        String.join(" OR ", differs));
    }

    private List<String> keys(Kind kind) {
        if (columns.display() == Display.HIDDEN) {
            return List.of();
        }
        List<String> key = columns.key();
        String parts =
                IntStream.range(0, key.size())
                        .mapToObj(i -> "k" + i)
                        .collect(Collectors.joining(", "));
        String sql =
                "SELECT %s FROM %s WHERE %s ORDER BY ALL LIMIT %d"
                        .formatted(parts, PAIRS, is(kind), KEYS_SHOWN);
        List<String> shown = new ArrayList<>();
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                List<@Nullable Object> values = row;
                shown.add(
                        IntStream.range(0, key.size())
                                .mapToObj(i -> key.get(i) + "=" + values.get(i))
                                .collect(Collectors.joining(", ")));
            }
        }
        return shown;
    }

    private List<Long> numbers(String sql) {
        return numbers(session, sql);
    }

    /// The one row of numbers that a query gives.
    static List<Long> numbers(Session session, String sql) {
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.next();
            if (row == null) {
                throw new IllegalStateException("no row of " + sql);
            }
            return row.stream()
                    .map(value -> value instanceof Number number ? number.longValue() : 0L)
                    .toList();
        }
    }
}
