package dev.ade.ingest.jdbc;

import dev.ade.ingest.jdbc.JdbcSettings.From;
import dev.ade.model.Wording;
import dev.ade.spi.Connector.Found;
import dev.ade.spi.Connector.Listed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What the catalog of a database says about one table, for whom declares it.
final class JdbcInspection {
    /// Words in names of columns that tell when a row was changed last, the best first.
    private static final List<String> CHANGED =
            List.of("updated", "modified", "changed", "update", "version");

    private final PlainSession session;
    private final From.Table table;
    private final List<PlainColumn> columns;

    JdbcInspection(PlainSession session, From.Table table) throws SQLException {
        this.session = session;
        this.table = table;
        this.columns = session.columns(table.quoted(session.quote()));
    }

    private record Candidate(String column, boolean isChange, boolean isIndexed) {
        String words() {
            return isIndexed
                    ? "which has an index"
                    : "which has no index, so each reading looks at the whole table";
        }
    }

    Found run() throws SQLException {
        List<String> key = session.key(table);
        Optional<Candidate> cursor = cursor(key);
        long rows = count();
        List<String> notes = new ArrayList<>();
        notes.add(
                "Persisted as table %s of %s, %s"
                        .formatted(table.words(), session.product(), Wording.count(rows, "row")));
        notes.add(
                key.isEmpty()
                        ? "Key: it has no primary key"
                        : "Key: its primary key is " + String.join(", ", key));
        notes.add(news(cursor));
        cursor.filter(Candidate::isChange)
                .flatMap(candidate -> rate(candidate, rows))
                .ifPresent(notes::add);
        cursor.ifPresent(_ ->
                notes.add(
                        "Late values: a transaction that commits late brings rows below the cursor; overlap: 1 hour"
                                + " reads them where no transaction takes longer"));
        notes.add(load(cursor, rows));
        return new Found(key, cursor.map(Candidate::column), notes);
    }

    /// What can be told in a moment.
    Listed line() throws SQLException {
        List<String> key = session.key(table);
        Optional<String> cursor = cursor(key).map(Candidate::column);
        List<String> names = columns.stream().map(column -> column.column().name()).toList();
        return new Listed(table.words(), quickCount(), key, cursor, names);
    }

    private OptionalLong quickCount() throws SQLException {
        try {
            return OptionalLong.of(count());
        } catch (SQLException _) {
            session.again();
            return OptionalLong.empty();
        }
    }

    private Optional<Candidate> cursor(List<String> key) throws SQLException {
        List<String> indexed = session.indexed(table);
        Optional<String> changed =
                columns.stream()
                        .filter(column -> column.cursor().isPresent())
                        .filter(column -> column.column().type().isTemporal())
                        .map(column -> column.column().name())
                        .filter(name -> rank(name) < CHANGED.size())
                        .min(Comparator.comparingInt(JdbcInspection::rank));
        Optional<Candidate> time =
                changed.map(name -> new Candidate(name, true, indexed.contains(name)));
        return time.or(() ->
                columns.stream()
                        .filter(column ->
                                column.cursor()
                                        .filter(one -> one.kind() == CursorKind.NUMBER)
                                        .isPresent())
                        .map(column -> column.column().name())
                        .filter(name -> key.equals(List.of(name)))
                        .findFirst()
                        .map(name -> new Candidate(name, false, true)));
    }

    private static int rank(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (int) CHANGED.stream().takeWhile(word -> !lower.contains(word)).count();
    }

    private static String news(Optional<Candidate> cursor) {
        return cursor.map(one ->
                        one.isChange()
                                ? "News: '%s' seems to be the time of the last change, %s"
                                        .formatted(one.column(), one.words())
                                : "News: '%s' counts, so new rows can be appended; changed ones are not seen"
                                        .formatted(one.column()))
                .orElse("News: no column says what is new, so all of it is read each time");
    }

    /// Where the database says when each row was changed last.
    private Optional<String> rate(Candidate cursor, long rows) {
        try {
            String name = "q." + session.quoted(cursor.column());
            String range =
                    session.ask(
                            "select min(%s), max(%s) from %s q"
                                    .formatted(name, name, table.quoted(session.quote())),
                            List.of(),
                            JdbcInspection::range);
            return Optional.of("Rate: %s changed %s".formatted(Wording.count(rows, "row"), range));
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    private static String range(ResultSet row) throws SQLException {
        row.next();
        return "from %s to %s".formatted(row.getString(1), row.getString(2));
    }

    private static String load(Optional<Candidate> cursor, long rows) {
        String first =
                "Reading it: the first time sends %s in one read-only transaction"
                        .formatted(Wording.count(rows, "row"));
        return cursor.isPresent()
                ? first + ", then those above " + cursor.get().column()
                : first + ", and so does each that follows";
    }

    private long count() throws SQLException {
        return session.ask(
                "select count(*) from " + table.quoted(session.quote()) + " q",
                List.of(),
                PlainReading::number);
    }
}
