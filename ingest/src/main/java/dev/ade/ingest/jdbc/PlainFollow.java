package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import dev.ade.spi.Connector.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows a table of any database by a column that only grows. What is read ends at the largest value that was seen
/// first, so that rows that come meanwhile are read next time, whatever a transaction sees.
final class PlainFollow {
    private final Request request;
    private final JdbcSettings settings;
    private final PlainSession session;
    private final String from;
    private final String name;
    private final PlainColumn.Cursor cursor;

    /// @param last the largest value of the cursor, as a position
    /// @param where what is to be read; none where nothing is
    /// @param isMore whether there are rows above the last
    record Found(Optional<String> last, Condition where, boolean isMore) {}

    /// @param values of its `?`
    record Condition(String sql, List<Object> values) {
        static final Condition ALL = new Condition("", List.of());
        static final Condition NOTHING = new Condition("1 = 0", List.of());

        String where() {
            return sql.isEmpty() ? "" : " where " + sql;
        }
    }

    PlainFollow(
            Request request, JdbcSettings settings, PlainSession session, List<PlainColumn> all) {
        this.request = request;
        this.settings = settings;
        this.session = session;
        this.from = settings.from().sql(session.quote());
        PlainColumn column = column(settings.cursor().orElseThrow(), all);
        this.name = column.column().name();
        this.cursor =
                column.cursor()
                        .orElseThrow(() ->
                                request.wrong(
                                        "cursor %s is neither a number nor a time, but %s"
                                                .formatted(name, column.column().type()),
                                        "Choose a column that only grows, such as a sequence or the time of the last change"));
    }

    private PlainColumn column(String wanted, List<PlainColumn> all) {
        return all.stream()
                .filter(one ->
                        one.column()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .equals(wanted.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        request.wrong(
                                "%s has no column %s to follow"
                                        .formatted(settings.from().words(), wanted),
                                "Correct cursor: in load"));
    }

    private String quoted() {
        return "q." + session.quoted(name);
    }

    /// The largest value now.
    Optional<String> last() throws SQLException {
        String largest = cursor.shape().replace("%s", "max(" + quoted() + ")");
        return session.ask("select " + largest + " from " + from + " q", List.of(), this::position);
    }

    private Optional<String> position(ResultSet rows) throws SQLException {
        try {
            @Nullable Object value = rows.next() ? cursor.reader().read(rows, 1) : null;
            return Optional.ofNullable(value).map(Object::toString);
        } catch (Unfit e) {
            throw AdeException.data(
                            "Cannot load %s: the largest %s cannot be followed: %s"
                                    .formatted(request.source().name(), name, e.reason()),
                            "Correct it, choose another cursor, or set mode: replace")
                    .at(request.source().location());
        }
    }

    Found find() throws SQLException {
        Optional<String> largest = last();
        requireFit();
        Found whole = found(largest, false);
        return settings.rowsPerRun().isPresent() ? some(largest).orElse(whole) : whole;
    }

    private Found found(Optional<String> last, boolean isMore) {
        return new Found(last, last.map(this::upTo).orElse(Condition.NOTHING), isMore);
    }

    /// As much as one reading may be; empty where that is all. Rows that share the last value belong to it.
    private Optional<Found> some(Optional<String> largest) throws SQLException {
        long most = settings.rowsPerRun().orElseThrow();
        Condition above =
                request.position()
                        .map(position ->
                                new Condition(
                                        quoted() + " > ?", List.of(cursor.kind().parse(position))))
                        .orElse(Condition.ALL);
        return session.first(
                        Math.toIntExact(most),
                        "select %s from %s q%s order by %s"
                                .formatted(
                                        cursor.shape().replace("%s", quoted()),
                                        from,
                                        above.where(),
                                        quoted()),
                        above.values(),
                        rows -> at(rows, most))
                .filter(last -> !Optional.of(last).equals(largest))
                .map(last -> found(Optional.of(last), true));
    }

    /// The position of a row by its number; empty where there are fewer.
    private Optional<String> at(ResultSet rows, long number) throws SQLException {
        for (long i = 1; i < number; i++) {
            if (!rows.next()) {
                return Optional.empty();
            }
        }
        return position(rows);
    }

    private Condition upTo(String last) {
        List<Object> values = new ArrayList<>();
        String from = "";
        if (request.position().isPresent()) {
            values.add(lowest(cursor.kind().parse(request.position().get())));
            from = quoted() + (isOverlapping() ? " >= ? and " : " > ? and ");
        }
        values.add(cursor.kind().parse(last));
        return new Condition(from + quoted() + " <= ?", values);
    }

    private boolean isOverlapping() {
        return !(settings.overlap() instanceof Overlap.None);
    }

    private Object lowest(Object position) {
        return cursor.kind()
                .below(position, settings.overlap())
                .orElseThrow(() ->
                        request.wrong(
                                "overlap does not fit cursor %s, which is a %s"
                                        .formatted(
                                                name,
                                                cursor.kind() == CursorKind.NUMBER
                                                        ? "number"
                                                        : "time"),
                                cursor.kind() == CursorKind.NUMBER
                                        ? "Write overlap: 1000"
                                        : "Write overlap: 1 hour"));
    }

    private void requireFit() throws SQLException {
        long unfit =
                session.ask(
                        "select count(*) from %s q where %s"
                                .formatted(from, cursor.unfit().replace("%s", quoted())),
                        List.of(),
                        PlainReading::number);
        if (unfit > 0) {
            throw AdeException.data(
                            "Cannot load %s: %s cannot be followed, as \"%s\" is NULL or of another kind in them"
                                    .formatted(
                                            request.source().name(),
                                            Wording.count(unfit, "row"),
                                            name),
                            "Correct them, choose another cursor, or set mode: replace")
                    .at(request.source().location());
        }
    }
}
