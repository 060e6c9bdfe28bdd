package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Season;
import dev.ade.model.Interval;
import dev.ade.spi.Checker.IntervalProfile;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How many rows each day of UTC has. A day that nobody has recorded, but that comes after one that is, had none.
final class Days {
    private static final Duration DAY = Duration.ofDays(1);

    private final NavigableMap<LocalDate, Long> known;

    Days(Map<LocalDate, Long> known) {
        this.known = new TreeMap<>(known);
    }

    /// These days, with what a run found out later.
    Days with(List<IntervalProfile> later) {
        Days days = new Days(known);
        for (IntervalProfile profile : later) {
            if (isDay(profile.interval())) {
                days.known.put(day(profile.interval()), profile.profile().rows());
            }
        }
        return days;
    }

    static boolean isDay(Interval interval) {
        return Duration.between(interval.from(), interval.to()).equals(DAY)
                && interval.from().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() == 0;
    }

    static LocalDate day(Interval interval) {
        return LocalDate.ofInstant(interval.from(), ZoneOffset.UTC);
    }

    /// Empty before the first recorded day.
    OptionalLong rows(LocalDate day) {
        if (known.isEmpty() || day.isBefore(known.firstKey())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(known.getOrDefault(day, 0L));
    }

    /// Rows of the last `points` comparable days before `day`; fewer where the record begins later.
    List<Double> before(LocalDate day, Season season, int points) {
        return Seasons.before(day, season)
                .limit(points)
                .map(this::rows)
                .takeWhile(OptionalLong::isPresent)
                .map(rows -> (double) rows.getAsLong())
                .toList();
    }

    /// The day to judge: `yesterday`, or the newest with rows where that lies before `reach`.
    LocalDate tested(LocalDate yesterday, LocalDate reach) {
        return newest(yesterday).filter(day -> day.isBefore(reach)).orElse(yesterday);
    }

    /// The last day up to `day` that has rows. Days to come are typing errors, and say nothing of freshness.
    Optional<LocalDate> newest(LocalDate day) {
        return known.headMap(day, true).descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
