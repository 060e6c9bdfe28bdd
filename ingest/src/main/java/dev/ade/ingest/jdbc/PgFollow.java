package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows a table by a column that only grows. Positions are the texts that PostgreSQL itself makes of its values,
/// which lose nothing.
///
/// @param where a condition for what is to be read
/// @param unfit a condition for rows that could never be followed
record PgFollow(Request request, String cursor, String where, String unfit) {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "oid");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

    /// @param last the largest value of the cursor; empty where there are no rows
    record Found(long rows, Optional<String> last) {}

    static PgFollow of(Request request, JdbcSettings settings, List<PgColumn> columns) {
        if (settings.cursor().isEmpty()) {
            return new PgFollow(request, "", "", "false");
        }
        String name = settings.cursor().get();
        PgColumn column =
                columns.stream()
                        .filter(one -> one.column().name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                request.wrong(
                                        "%s has no column %s to follow"
                                                .formatted(settings.from().words(), name),
                                        "Correct cursor: in load"));
        boolean isTime = TIMES.contains(column.pgType());
        if (!isTime && !NUMBERS.contains(column.pgType())) {
            throw request.wrong(
                    "cursor %s is neither a number nor a time, but %s"
                            .formatted(name, column.pgType()),
                    "Choose a column that only grows, such as a sequence or the time of the last change");
        }
        String cursor = "q." + Sql.quote(name);
        String unfit =
                isTime
                        ? "(%s is null or not isfinite(%s))".formatted(cursor, cursor)
                        : cursor + " is null";
        return new PgFollow(
                request, cursor, where(request, settings.overlap(), cursor, column), unfit);
    }

    private static String where(Request request, Overlap overlap, String cursor, PgColumn column) {
        if (request.position().isEmpty()) {
            return "";
        }
        String position = Sql.literal(request.position().get()) + "::" + column.pgType();
        boolean isTime = TIMES.contains(column.pgType());
        return switch (overlap) {
            case Overlap.None _ -> cursor + " > " + position;
            case Overlap.Count count when !isTime ->
                    "%s >= %s - %d".formatted(cursor, position, count.count());
            case Overlap.Time time when isTime ->
                    "%s >= %s - interval '%d seconds'"
                            .formatted(cursor, position, time.time().toSeconds());
            case Overlap.Count _, Overlap.Time _ ->
                    throw request.wrong(
                            "overlap does not fit cursor %s, which is a %s"
                                    .formatted(column.column().name(), column.pgType()),
                            isTime ? "Write overlap: 1 hour" : "Write overlap: 1000");
        };
    }

    Found find(PgSession session, String from) throws SQLException {
        String condition = where.isEmpty() ? "" : " where " + where + " or " + unfit;
        List<Optional<String>> row =
                session.row(
                        "select count(*), max(%s)::text, count(*) filter (where %s) from %s q%s"
                                .formatted(cursor, unfit, from, condition));
        long unfitRows = Long.parseLong(row.get(2).orElseThrow());
        if (unfitRows > 0) {
            throw AdeException.data(
                            "Cannot load %s: %s cannot be followed, as %s is NULL or infinite in them"
                                    .formatted(
                                            request.source().name(),
                                            Wording.count(unfitRows, "row"),
                                            cursor.replace("q.", "")),
                            "Correct them, choose another cursor, or set mode: replace")
                    .at(request.source().location());
        }
        return new Found(Long.parseLong(row.get(0).orElseThrow()), row.get(1));
    }
}
