package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Metric;
import java.time.Duration;
import java.util.Locale;

/// What a monitor saw and what was expected, for people.
final class Sentences {
    private static final double WHOLE_MAX = 1e15;

    private Sentences() {}

    /// "980 to 1,100", "at least 10", "at most 1.00%".
    static String expected(Metric metric, Range range) {
        Range shown = shown(metric, range);
        boolean hasMin = Double.isFinite(shown.min());
        boolean hasMax = Double.isFinite(shown.max());
        String min = hasMin ? value(metric, shown.min()) : "";
        String max = hasMax ? value(metric, shown.max()) : "";
        if (hasMin && hasMax) {
            return min.equals(max) ? min : min + " to " + max;
        }
        return hasMin ? "at least " + min : "at most " + max;
    }

    /// Without ends that no value can pass.
    private static Range shown(Metric metric, Range range) {
        return switch (metric) {
            case VOLUME, DISTINCT -> whole(range);
            case NULL_RATE, FRESHNESS ->
                    new Range(
                            range.min() <= 0 ? Double.NEGATIVE_INFINITY : range.min(), range.max());
            case MEAN -> range;
        };
    }

    /// The whole numbers in a range; where there are none, the range as it is. What is added to allow for rounding
    /// does not show.
    private static Range whole(Range range) {
        double min = Math.max(0, Math.ceil(Math.rint(range.min() * 1e3) / 1e3));
        double max = Math.floor(Math.rint(range.max() * 1e3) / 1e3);
        boolean hasMin = Double.isFinite(range.min());
        return min <= max ? new Range(hasMin ? min : range.min(), max) : range;
    }

    static String value(Metric metric, double value) {
        return switch (metric) {
            case VOLUME, DISTINCT, MEAN -> number(value);
            case NULL_RATE -> String.format(Locale.ROOT, "%.2f%%", 100 * value);
            case FRESHNESS -> age(Duration.ofSeconds((long) value));
        };
    }

    /// Five significant digits, or all of a whole number.
    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return Math.abs(value) >= 1 && Math.abs(value) < WHOLE_MAX
                ? String.format(Locale.ROOT, "%,.2f", value)
                : String.format(Locale.ROOT, "%.5g", value);
    }

    /// The two largest units: "2 d 7 h", "35 min".
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays()
                    + " d"
                    + (age.toHoursPart() == 0 ? "" : " " + age.toHoursPart() + " h");
        }
        if (age.toHours() > 0) {
            return age.toHours()
                    + " h"
                    + (age.toMinutesPart() == 0 ? "" : " " + age.toMinutesPart() + " min");
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
