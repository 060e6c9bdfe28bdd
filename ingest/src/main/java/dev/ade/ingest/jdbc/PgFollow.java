package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Follows a table by a column that only grows. Positions are the texts that PostgreSQL itself makes of its values,
/// which lose nothing.
///
/// @param type of the cursor
/// @param overlap what is read again below the position
/// @param most rows above the position after which the reading ends
record PgFollow(Request request, String cursor, String type, Overlap overlap, OptionalLong most) {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "oid");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

    /// @param last the largest value of the cursor; empty where there are no rows
    /// @param where a condition for the rows; empty for all
    /// @param isMore whether there are rows above the last
    record Found(long rows, Optional<String> last, String where, boolean isMore) {}

    static PgFollow of(Request request, JdbcSettings settings, List<PgColumn> columns) {
        String name = settings.cursor().orElseThrow();
        PgColumn column =
                columns.stream()
                        .filter(one -> one.column().name().equals(name))
                        .findFirst()
                        .orElseThrow(() ->
                                request.wrong(
                                        "%s has no column %s to follow"
                                                .formatted(settings.from().words(), name),
                                        "Correct cursor: in load"));
        if (!TIMES.contains(column.pgType()) && !NUMBERS.contains(column.pgType())) {
            throw request.wrong(
                    "cursor %s is neither a number nor a time, but %s"
                            .formatted(name, column.pgType()),
                    "Choose a column that only grows, such as a sequence or the time of the last change");
        }
        return new PgFollow(
                request,
                "q." + Sql.quote(name),
                column.pgType(),
                settings.overlap(),
                settings.rowsPerRun());
    }

    private boolean isTime() {
        return TIMES.contains(type);
    }

    private String value(String text) {
        return Sql.literal(text) + "::" + type;
    }

    /// Rows that could never be followed.
    private String unfit() {
        return isTime()
                ? "(%s is null or not isfinite(%s))".formatted(cursor, cursor)
                : cursor + " is null";
    }

    /// Rows that are new, and those of the overlap.
    private String wanted() {
        if (request.position().isEmpty()) {
            return "";
        }
        String position = value(request.position().get());
        return switch (overlap) {
            case Overlap.None _ -> cursor + " > " + position;
            case Overlap.Count count when !isTime() ->
                    "%s >= %s - %d".formatted(cursor, position, count.count());
            case Overlap.Time time when isTime() ->
                    "%s >= %s - interval '%d seconds'"
                            .formatted(cursor, position, time.time().toSeconds());
            case Overlap.Count _, Overlap.Time _ ->
                    throw request.wrong(
                            "overlap does not fit cursor %s, which is a %s"
                                    .formatted(cursor.replace("q.", ""), type),
                            isTime() ? "Write overlap: 1 hour" : "Write overlap: 1000");
        };
    }

    Found find(PgSession session, String from) throws SQLException {
        String wanted = wanted();
        Optional<String> end = most.isPresent() ? end(session, from) : Optional.empty();
        String where =
                end.map(last ->
                                (wanted.isEmpty() ? "" : wanted + " and ")
                                        + cursor
                                        + " <= "
                                        + value(last))
                        .orElse(wanted);
        List<Optional<String>> row =
                session.row(
                        "select count(*), max(%s)::text, count(*) filter (where %s) from %s q%s"
                                .formatted(
                                        cursor,
                                        unfit(),
                                        from,
                                        where.isEmpty()
                                                ? ""
                                                : " where " + where + " or " + unfit()));
        requireFit(Long.parseLong(row.get(2).orElseThrow()));
        return new Found(
                Long.parseLong(row.get(0).orElseThrow()), row.get(1), where, end.isPresent());
    }

    /// The value with which a reading ends that would be of too many rows. Rows that share it belong to it.
    private Optional<String> end(PgSession session, String from) throws SQLException {
        String above =
                request.position()
                        .map(position -> " where " + cursor + " > " + value(position))
                        .orElse("");
        List<Optional<String>> row =
                session.row(
                        """
                        select l.v::text, exists (select from %1$s q where %2$s > l.v)
                        from (select max(s.c) v
                            from (select %2$s c from %1$s q%3$s order by 1 limit %4$d) s) l\
                        """
                                .formatted(from, cursor, above, most.getAsLong()));
        return row.get(1).filter("t"::equals).flatMap(_ -> row.get(0));
    }

    private void requireFit(long unfitRows) {
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
    }
}
