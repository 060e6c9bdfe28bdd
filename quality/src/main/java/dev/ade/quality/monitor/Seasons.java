package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Season;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which days are comparable with a day.
final class Seasons {
    private Seasons() {}

    /// Comparable days before `day`, nearest first, without end. Months that lack its day of the month have none.
    static Stream<LocalDate> before(LocalDate day, Season season) {
        IntStream steps = IntStream.iterate(1, step -> step + 1);
        return switch (season) {
            case NONE -> steps.mapToObj(day::minusDays);
            case SAME_WEEKDAY -> steps.mapToObj(day::minusWeeks);
            case SAME_DAY_OF_MONTH ->
                    steps.mapToObj(day::minusMonths)
                            .filter(other -> other.getDayOfMonth() == day.getDayOfMonth());
        };
    }

    /// The last of `points` comparable days before `day`.
    static LocalDate oldest(LocalDate day, Season season, int points) {
        return before(day, season).skip(Math.max(0, points - 1L)).findFirst().orElse(day);
    }

    static boolean areComparable(LocalDate one, LocalDate other, Season season) {
        return switch (season) {
            case NONE -> true;
            case SAME_WEEKDAY -> one.getDayOfWeek() == other.getDayOfWeek();
            case SAME_DAY_OF_MONTH -> one.getDayOfMonth() == other.getDayOfMonth();
        };
    }

    /// "day", "Friday" and so on.
    static String kind(LocalDate day, Season season) {
        return switch (season) {
            case NONE -> "day";
            case SAME_WEEKDAY -> {
                String name = day.getDayOfWeek().name();
                yield name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
            }
            case SAME_DAY_OF_MONTH -> "comparable day";
        };
    }
}
