package dev.ade.quality.monitor;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion.Metric;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.quality.sketch.Distinct;
import dev.ade.quality.sketch.Frequents;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `ade.profiles` says of a dataset. Days are read once, for all monitors of the dataset.
final class History {
    /// Of more days than the limit, the newest count.
    private static final String DAYS =
            """
            select interval_from, interval_to, "rows" from ade.profiles
            where dataset = ? and interval_from is not null and column_name is null
            qualify row_number() over (
              partition by interval_from, interval_to order by run_id desc, profiled_at desc) = 1
            order by interval_from desc limit 100000\
            """;

    /// One row a version of the dataset, as it was profiled last.
    private static final String COLUMN =
            """
            select profiled_at, version, "rows", nulls, distinct_values, mean, deviation from ade.profiles
            where dataset = ? and interval_from is null and lower(column_name) = lower(?)
            qualify row_number() over (partition by version order by run_id desc, profiled_at desc) = 1
            order by profiled_at desc, run_id desc limit 100000\
            """;

    private final Session session;
    private final TableName dataset;
    private @Nullable Boolean isThere;
    private @Nullable Days days;

    History(Session session, TableName dataset) {
        this.session = session;
        this.dataset = dataset;
    }

    /// A value of a column in an earlier version of its dataset.
    ///
    /// @param chance by how much it differs from that of other rows of the same kind
    record Point(Instant at, String version, double value, double chance) {}

    Days days() {
        Days known = days;
        if (known == null) {
            known = new Days(isThere() ? readDays() : Map.of());
            days = known;
        }
        return known;
    }

    /// Before the first run has ended there is no such table.
    private boolean isThere() {
        Boolean known = isThere;
        if (known == null) {
            known = describes("select 1 from " + SystemTable.PROFILES.table().quoted());
            isThere = known;
        }
        return known;
    }

    private boolean describes(String select) {
        try {
            session.describe(select);
            return true;
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.USER) {
                return false;
            }
            throw e;
        }
    }

    private Map<LocalDate, Long> readDays() {
        Map<LocalDate, Long> rows = new HashMap<>();
        try (Cursor cursor = session.query(DAYS, List.of(dataset.toString()))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                Interval interval = new Interval(instant(row.get(0)), instant(row.get(1)));
                if (Days.isDay(interval)) {
                    rows.put(Days.day(interval), (long) number(row.get(2)));
                }
            }
        }
        return rows;
    }

    /// Values of a column in every version that was profiled and has one, newest first.
    List<Point> points(Metric metric, String column) {
        List<Point> points = new ArrayList<>();
        if (!isThere()) {
            return points;
        }
        List<String> parameters = List.of(dataset.toString(), column);
        try (Cursor cursor = session.query(COLUMN, parameters)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                Double value = value(metric, row);
                if (value != null) {
                    points.add(
                            new Point(
                                    instant(row.get(0)),
                                    String.valueOf(row.get(1)),
                                    value,
                                    chance(metric, value, row)));
                }
            }
        }
        return points;
    }

    private static @Nullable Double value(Metric metric, List<@Nullable Object> row) {
        return switch (metric) {
            case NULL_RATE ->
                    number(row.get(2)) == 0 ? null : number(row.get(3)) / number(row.get(2));
            case DISTINCT -> number(row.get(4));
            case MEAN -> row.get(5) == null ? null : Double.valueOf(number(row.get(5)));
            case VOLUME, FRESHNESS ->
                    throw new IllegalArgumentException(metric + " is not of a column");
        };
    }

    /// Of a share and of a mean their standard error, of an estimate that of the estimate.
    private static double chance(Metric metric, double value, List<@Nullable Object> row) {
        double rows = number(row.get(2));
        double present = rows - number(row.get(3));
        return switch (metric) {
            case NULL_RATE -> Math.sqrt(value * (1 - value) / rows);
            case DISTINCT -> value > Frequents.ENTRIES_MAX ? Distinct.ERROR * value : 0;
            case MEAN ->
                    row.get(6) == null || present == 0
                            ? 0
                            : number(row.get(6)) / Math.sqrt(present);
            case VOLUME, FRESHNESS ->
                    throw new IllegalArgumentException(metric + " is not of a column");
        };
    }

    private static Instant instant(@Nullable Object value) {
        return (Instant) Objects.requireNonNull(value);
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }
}
