package dev.ade.ingest.jdbc;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is read again below the last cursor value, for rows that were committed late.
sealed interface Overlap {
    Pattern TIME = Pattern.compile("(\\d{1,9}) *(second|minute|hour|day|week)s?");
    Pattern COUNT = Pattern.compile("\\d{1,18}");
    Overlap NONE = new None();

    record None() implements Overlap {}

    record Count(long count) implements Overlap {}

    record Time(Duration time) implements Overlap {}

    static Optional<Overlap> parse(String text) {
        if (COUNT.matcher(text).matches()) {
            return Optional.of(new Count(Long.parseLong(text)));
        }
        Matcher time = TIME.matcher(text.strip());
        return time.matches()
                ? Optional.of(
                        new Time(unit(time.group(2)).multipliedBy(Long.parseLong(time.group(1)))))
                : Optional.empty();
    }

    private static Duration unit(String word) {
        return switch (word) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            case "week" -> Duration.ofDays(7);
            default -> throw new IllegalArgumentException("no unit of time: " + word);
        };
    }
}
