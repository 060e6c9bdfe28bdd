package dev.ade.ingest;

import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the CSV reader could not read, by file and position. Values pass through memory only.
///
/// @param byFile of each file (by the path it was read by) errors by the position of their row
record CsvErrors(Map<String, SortedMap<Long, List<Fault>>> byFile) {
    /// @param value that did not cast, or null where the row's structure is wrong
    record Fault(String column, @Nullable String value, String reason) {}

    private static final Pattern CAST =
            Pattern.compile("Could not convert string \"(.*)\" to '([^']*)'", Pattern.DOTALL);
    private static final Pattern FOUND = Pattern.compile("Found: (\\d+)");
    private static final Pattern EXPECTED = Pattern.compile("Expected Number of Columns: (\\d+)");

    static final String TOO_LONG = "the line is longer than max_line_size";
    static final CsvErrors NONE = new CsvErrors(Map.of());

    /// Reads and drops the tables that a scan kept its rejects in.
    static CsvErrors take(Session session, Scans.Rejects rejects) {
        String sql =
                """
                SELECT s.file_path, e.line_byte_position, e.column_name, CAST(e.error_type AS VARCHAR), e.error_message
                FROM %s e JOIN %s s USING (scan_id, file_id)
                ORDER BY s.file_path, e.line_byte_position, e.column_idx, e.error_message
                LIMIT %d
                """
                        .formatted(
                                Sql.quote(rejects.errors()),
                                Sql.quote(rejects.scans()),
                                4L * Rejections.ROWS_MAX);
        Map<String, SortedMap<Long, List<Fault>>> byFile = new HashMap<>();
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                add(
                        byFile.computeIfAbsent(String.valueOf(row.get(0)), _ -> new TreeMap<>())
                                .computeIfAbsent(number(row.get(1)), _ -> new ArrayList<>()),
                        error(row));
            }
        }
        drop(session, rejects);
        return new CsvErrors(byFile);
    }

    /// A row that is too short has an error for every column that it lacks: the first says enough.
    private static void add(List<Fault> faults, Fault fault) {
        if (!fault.column().isEmpty()
                || faults.stream().noneMatch(other -> other.column().isEmpty())) {
            faults.add(fault);
        }
    }

    static void drop(Session session, Scans.Rejects rejects) {
        session.execute("DROP TABLE IF EXISTS " + Sql.quote(rejects.errors()));
        session.execute("DROP TABLE IF EXISTS " + Sql.quote(rejects.scans()));
    }

    SortedMap<Long, List<Fault>> of(Part part) {
        return byFile.getOrDefault(part.path().toString(), new TreeMap<>());
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Fault error(List<@Nullable Object> row) {
        String column = row.get(2) == null ? "" : String.valueOf(row.get(2));
        String kind = String.valueOf(row.get(3));
        String message = String.valueOf(row.get(4));
        return switch (kind) {
            case "CAST" -> cast(column, message);
            case "MISSING COLUMNS", "TOO MANY COLUMNS" -> structure(message);
            case "UNQUOTED VALUE" ->
                    new Fault(column, null, "a quote is not closed or text follows it");
            case "LINE SIZE OVER MAXIMUM" -> new Fault("", null, TOO_LONG);
            case "INVALID ENCODING" ->
                    new Fault(column, null, "the text is not in the encoding of the file");
            default -> new Fault(column, null, "the row cannot be read");
        };
    }

    private static Fault cast(String column, String message) {
        Matcher matcher = CAST.matcher(message);
        if (!matcher.find()) {
            return new Fault(column, null, "the value does not fit its type");
        }
        String type = matcher.group(2).toLowerCase(java.util.Locale.ROOT);
        return new Fault(column, matcher.group(1), RowCheck.notA(type));
    }

    private static Fault structure(String message) {
        Matcher found = FOUND.matcher(message);
        Matcher expected = EXPECTED.matcher(message);
        String reason =
                found.find() && expected.find()
                        ? "the row has %s columns instead of %s"
                                .formatted(found.group(1), expected.group(1))
                        : "the row has the wrong number of columns";
        return new Fault("", null, reason);
    }
}
