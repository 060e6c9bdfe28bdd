package dev.ade.quality.monitor;

import dev.ade.model.Type;
import dev.ade.quality.sketch.Bounds;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;

/// How old the newest rows of a dataset are. Recorded days say which day they are of; the largest value of a column
/// of times that lies within that day says when, where there is one. Else they count as from its end. Where the days
/// are those of an event time, no other column says when, least of all that of the load.
record Freshness(Days days, Optional<String> eventTime, Optional<Profile> profile, Instant at) {
    private static final double MILLIS = 1_000;

    /// Empty where no day has rows.
    Optional<Duration> age() {
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return days.newest(today).map(this::newest).map(newest -> Duration.between(newest, at));
    }

    /// By the largest value of one column; empty where it has none, or holds no times.
    static Optional<Duration> age(Optional<Profile> profile, String column, Instant at) {
        return profile.flatMap(known -> known.column(column))
                .flatMap(Freshness::largest)
                .map(newest -> newest.isBefore(at) ? Duration.between(newest, at) : Duration.ZERO);
    }

    private Instant newest(LocalDate day) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return profile.stream()
                .flatMap(known -> known.columns().stream())
                .filter(column -> eventTime.map(column.name()::equalsIgnoreCase).orElse(true))
                .filter(column -> !column.type().equals(Type.Simple.DATE.sql()))
                .flatMap(column -> largest(column).stream())
                .filter(time -> !time.isBefore(start) && time.isBefore(end) && !time.isAfter(at))
                .max(Comparator.naturalOrder())
                .orElse(end.isAfter(at) ? at : end);
    }

    private static Optional<Instant> largest(ColumnProfile column) {
        Type type = Type.parse(column.type());
        if (!type.isTemporal()) {
            return Optional.empty();
        }
        OptionalDouble seconds = Bounds.number(Optional.ofNullable(column.max()), type);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli((long) (seconds.getAsDouble() * MILLIS)));
    }
}
