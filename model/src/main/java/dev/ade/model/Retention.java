package dev.ade.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the rows of a dataset are kept, or kept at hand.
///
/// @param keep from the event on
/// @param by the column that says when a row happened; empty for the event time of the dataset
/// @param location where it is declared
public record Retention(Period keep, Optional<String> by, Location location) {
    private static final Pattern TEXT =
            Pattern.compile("\\s*([0-9]{1,5})\\s*(day|week|month|year)s?\\s*");

    public Retention {
        if (keep.isNegative() || keep.isZero()) {
            throw AdeException.user(
                            "Cannot keep rows for %s: that is no time".formatted(keep),
                            "Write keep: 2 years, or days, weeks or months")
                    .at(location);
        }
    }

    /// Such as `2 years`, `6 months`, `90 days`.
    public static Period period(String text) {
        Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw AdeException.user(
                    "Cannot keep something for '%s': it is no time".formatted(text),
                    "Write keep: 2 years, or days, weeks or months");
        }
        int count = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "day" -> Period.ofDays(count);
            case "week" -> Period.ofWeeks(count);
            case "month" -> Period.ofMonths(count);
            default -> Period.ofYears(count);
        };
    }

    /// What happened before this instant goes: a day's beginning in UTC, so that a day gives one answer.
    public Instant until(Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        return today.minus(keep).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
