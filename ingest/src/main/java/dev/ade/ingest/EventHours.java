package dev.ade.ingest;

import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Sql;
import dev.ade.spi.Batch;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which hours of event time rows touch. Rows without an event time touch none, nor do those beyond all intervals:
/// infinite, before year 1, or from 9999-12-31 on.
///
/// @param byBatch the hours of rows, by their batch
/// @param beyond rows beyond all intervals
record EventHours(Map<String, Intervals> byBatch, long beyond) {
    /// The property of a dataset that keeps the column that the hours of its batches are of; empty for none. Earlier ADEs
    /// did not write it.
    static final String PROPERTY = "load.event_time";

    private static final long HOUR_SECONDS = 3600;

    EventHours {
        byBatch = Map.copyOf(byBatch);
    }

    /// Whether the hours that batches know are of this column.
    static boolean isOf(String column, List<Batch> batches, Optional<DatasetState> state) {
        return state.map(it -> it.properties().get(PROPERTY))
                .map(column::equalsIgnoreCase)
                .orElseGet(() ->
                        batches.stream().noneMatch(it -> it.eventTimes().equals(Intervals.ALWAYS)));
    }

    /// @param rows SQL that gives `_batch_id` and the column
    static EventHours of(Session session, String rows, String column) {
        String sql =
                """
                SELECT "_batch_id",
                CASE WHEN isfinite(%1$s) THEN CAST(floor(epoch(%1$s) / 3600) AS BIGINT) END AS hour, count(*)
                FROM %2$s
                WHERE %1$s IS NOT NULL
                GROUP BY ALL
                ORDER BY ALL
                """
                        .formatted(Sql.quote(column), rows);
        Map<String, List<Interval>> byBatch = new HashMap<>();
        long beyond = 0;
        try (Cursor cursor = session.query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                Optional<Instant> hour = hour(row.get(1));
                if (hour.isPresent()) {
                    extend(
                            byBatch.computeIfAbsent(
                                    String.valueOf(row.get(0)), _ -> new ArrayList<>()),
                            hour.get());
                } else {
                    beyond += ((Number) Objects.requireNonNull(row.get(2))).longValue();
                }
            }
        }
        Map<String, Intervals> hours = new HashMap<>();
        byBatch.forEach((batch, list) -> hours.put(batch, Intervals.of(list)));
        return new EventHours(hours, beyond);
    }

    /// Of all rows.
    static Intervals all(Session session, String rows, String column) {
        return of(
                        session,
                        "(SELECT '' AS \"_batch_id\", %s FROM (%s))"
                                .formatted(Sql.quote(column), rows),
                        column)
                .byBatch()
                .getOrDefault("", Intervals.NONE);
    }

    /// @param hour since 1970; NULL for none
    private static Optional<Instant> hour(@Nullable Object hour) {
        return hour instanceof Long hours
                ? Optional.of(Instant.ofEpochSecond(hours * HOUR_SECONDS))
                        .filter(Interval.ALWAYS::contains)
                : Optional.empty();
    }

    private static void extend(List<Interval> list, Instant from) {
        Instant to = from.plusSeconds(HOUR_SECONDS);
        if (!list.isEmpty() && list.getLast().to().equals(from)) {
            list.set(list.size() - 1, new Interval(list.getLast().from(), to));
        } else {
            list.add(new Interval(from, to));
        }
    }
}
