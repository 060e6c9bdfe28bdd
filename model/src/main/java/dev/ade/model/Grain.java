package dev.ade.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The size of the intervals that a fact is filled by, on UTC boundaries. Weeks start on Monday.
public enum Grain {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR;

    /// Intervals one dataset may have: a century of days, eleven years of hours.
    public static final int INTERVALS_MAX = 100_000;

    public static Grain parse(String text) {
        return Arrays.stream(values())
                .filter(grain -> grain.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot use grain '%s'".formatted(text),
                                "Use one of "
                                        + Arrays.stream(values())
                                                .map(Grain::text)
                                                .collect(Collectors.joining(", "))));
    }

    /// The start of the interval that `instant` lies in.
    public Instant floor(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime start =
                switch (this) {
                    case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
                    case DAY -> day;
                    case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case MONTH -> day.withDayOfMonth(1);
                    case YEAR -> day.withDayOfYear(1);
                };
        return start.toInstant(ZoneOffset.UTC);
    }

    /// The start of the interval after the one that starts at `start`.
    public Instant next(Instant start) {
        LocalDateTime time = LocalDateTime.ofInstant(start, ZoneOffset.UTC);
        LocalDateTime end =
                switch (this) {
                    case HOUR -> time.plusHours(1);
                    case DAY -> time.plusDays(1);
                    case WEEK -> time.plusWeeks(1);
                    case MONTH -> time.plusMonths(1);
                    case YEAR -> time.plusYears(1);
                };
        return end.toInstant(ZoneOffset.UTC);
    }

    public String text() {
        return Wording.of(this);
    }
}
