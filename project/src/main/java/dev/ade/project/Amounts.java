package dev.ade.project;

import dev.ade.model.AdeException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts as people write them: `512MB`, `60%`, `2 days`, `PT1H`.
final class Amounts {
    private static final Pattern AMOUNT =
            Pattern.compile("\\s*(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([a-zA-Z%]*)\\s*");

    private Amounts() {}

    /// @param whole what a percentage is of
    static long bytes(String text, long whole) {
        Matcher matcher = match(text, "a size such as 512MB, 4GB or 60%");
        BigDecimal number = new BigDecimal(matcher.group(1));
        BigDecimal unit =
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "", "b" -> BigDecimal.ONE;
                    case "kb", "k" -> BigDecimal.valueOf(1_000);
                    case "kib" -> BigDecimal.valueOf(1L << 10);
                    case "mb", "m" -> BigDecimal.valueOf(1_000_000);
                    case "mib" -> BigDecimal.valueOf(1L << 20);
                    case "gb", "g" -> BigDecimal.valueOf(1_000_000_000);
                    case "gib" -> BigDecimal.valueOf(1L << 30);
                    case "tb", "t" -> BigDecimal.valueOf(1_000_000_000_000L);
                    case "tib" -> BigDecimal.valueOf(1L << 40);
                    case "%" -> BigDecimal.valueOf(whole).movePointLeft(2);
                    default -> throw wrong(text, "a size such as 512MB, 4GB or 60%");
                };
        return number.multiply(unit).longValue();
    }

    static Duration duration(String text) {
        if (text.strip().startsWith("P")) {
            try {
                return Duration.parse(text.strip());
            } catch (DateTimeParseException e) {
                throw wrong(text, "a duration such as 2 days, 90m or PT1H");
            }
        }
        Matcher matcher = match(text, "a duration such as 2 days, 90m or PT1H");
        return Duration.ofMillis(
                new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(unit(text, matcher.group(2)).toMillis()))
                        .longValue());
    }

    static Duration unit(String text, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ms" -> Duration.ofMillis(1);
            case "s", "sec", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            default -> throw wrong(text, "a duration such as 2 days, 90m or PT1H");
        };
    }

    private static Matcher match(String text, String wanted) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text, wanted);
        }
        return matcher;
    }

    private static AdeException wrong(String text, String wanted) {
        return AdeException.user(
                "Cannot read '%s' as an amount".formatted(text), "Write " + wanted);
    }
}
