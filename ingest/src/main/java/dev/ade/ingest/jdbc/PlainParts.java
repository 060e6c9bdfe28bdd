package dev.ade.ingest.jdbc;

import dev.ade.ingest.jdbc.PlainFollow.Condition;
import dev.ade.model.Type.Simple;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Parts of a large table by ranges of its key, where that is one whole number. Every row has exactly one.
final class PlainParts {
    /// A part of less is not worth a connection.
    private static final long ROWS_MIN = 50_000;

    /// Parts of one connection, so that the slowest does not keep all waiting.
    private static final int PER_CONNECTION = 4;

    private PlainParts() {}

    /// @return the key by which a table can be parted
    static Optional<String> key(
            PlainSession session, JdbcSettings settings, List<PlainColumn> columns)
            throws SQLException {
        if (settings.connections() == 1
                || !(settings.from() instanceof JdbcSettings.From.Table table)) {
            return Optional.empty();
        }
        List<String> names = session.key(table);
        return columns.stream()
                .filter(column -> names.equals(List.of(column.column().name())))
                .filter(column ->
                        column.column().type() == Simple.INTEGER
                                || column.column().type() == Simple.BIGINT)
                .map(column -> "q." + session.quoted(column.column().name()))
                .findFirst();
    }

    private record Bounds(long low, long high) {}

    static List<Condition> of(PlainSession session, JdbcSettings settings, String key, long rows)
            throws SQLException {
        int parts = (int) Math.min(rows / ROWS_MIN, (long) settings.connections() * PER_CONNECTION);
        if (parts < 2) {
            return List.of(Condition.ALL);
        }
        Bounds bounds =
                session.ask(
                        "select min(%s), max(%s) from %s q"
                                .formatted(key, key, settings.from().sql(session.quote())),
                        List.of(),
                        PlainParts::bounds);
        return IntStream.range(0, parts)
                .mapToObj(part -> condition(key, bounds, part, parts))
                .toList();
    }

    private static Bounds bounds(ResultSet rows) throws SQLException {
        rows.next();
        return new Bounds(rows.getLong(1), rows.getLong(2));
    }

    private static Condition condition(String key, Bounds bounds, int part, int parts) {
        Object from = at(bounds, part, parts);
        Object to = at(bounds, part + 1, parts);
        if (part == 0) {
            return new Condition(key + " < ?", List.of(to));
        }
        return part == parts - 1
                ? new Condition(key + " >= ?", List.of(from))
                : new Condition(key + " >= ? and " + key + " < ?", List.of(from, to));
    }

    private static Object at(Bounds bounds, int part, int parts) {
        BigInteger low = BigInteger.valueOf(bounds.low());
        return new java.math.BigDecimal(
                BigInteger.valueOf(bounds.high())
                        .subtract(low)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(parts))
                        .add(low));
    }
}
