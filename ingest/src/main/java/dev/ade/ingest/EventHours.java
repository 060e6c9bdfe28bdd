package dev.ade.ingest;

import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which hours of event time rows touch. Rows without an event time, or with an infinite one, touch none.
final class EventHours {
    private static final long HOUR_SECONDS = 3600;
    private static final long FIRST = Interval.BEGINNING.getEpochSecond() / HOUR_SECONDS;
    private static final long LAST = Interval.END.getEpochSecond() / HOUR_SECONDS - 1;

    private EventHours() {}

    /// By batch.
    ///
    /// @param rows SQL that gives `_batch_id` and the column
    static Map<String, Intervals> byBatch(Session session, String rows, String column) {
        String sql =
                """
                SELECT "_batch_id", CAST(floor(epoch(%s) / 3600) AS BIGINT) AS hour
                FROM %s
                WHERE isfinite(%s)
                GROUP BY ALL
                ORDER BY ALL
                """
                        .formatted(Sql.quote(column), rows, Sql.quote(column));
        Map<String, List<Interval>> byBatch = new HashMap<>();
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                if (row.get(1) instanceof Long hour) {
                    extend(
                            byBatch.computeIfAbsent(
                                    String.valueOf(row.get(0)), _ -> new ArrayList<>()),
                            hour);
                }
            }
        }
        Map<String, Intervals> hours = new HashMap<>();
        byBatch.forEach((batch, list) -> hours.put(batch, Intervals.of(list)));
        return hours;
    }

    /// Of all rows.
    static Intervals of(Session session, String rows, String column) {
        return byBatch(
                        session,
                        "(SELECT '' AS \"_batch_id\", %s FROM (%s))"
                                .formatted(Sql.quote(column), rows),
                        column)
                .getOrDefault("", Intervals.NONE);
    }

    private static void extend(List<Interval> list, long hour) {
        long clamped = Math.clamp(hour, FIRST, LAST);
        Instant from = Instant.ofEpochSecond(clamped * HOUR_SECONDS);
        Instant to = from.plusSeconds(HOUR_SECONDS);
        if (!list.isEmpty() && list.getLast().to().equals(from)) {
            list.set(list.size() - 1, new Interval(list.getLast().from(), to));
        } else if (list.isEmpty() || list.getLast().to().isBefore(to)) {
            list.add(new Interval(from, to));
        }
    }
}
