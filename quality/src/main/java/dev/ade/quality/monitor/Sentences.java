package dev.ade.quality.monitor;

import dev.ade.model.Assertion.Metric;
import java.time.Duration;
import java.util.Locale;

/// What a monitor saw and what was expected, for people.
final class Sentences {
    /// How many decimals are shown where so many are enough.
    static final int DECIMALS = 2;

    private static final int DECIMALS_MAX = 12;
    private static final double WHOLE_MAX = 1e15;

    private Sentences() {}

    /// As many decimals as tell a value that is not expected from what is: not "50.00, expected 50.00 to 50.01".
    static int decimals(Metric metric, double value, Range range) {
        int decimals = DECIMALS;
        while (decimals < DECIMALS_MAX
                && !range.contains(value)
                && looksLikeAnEnd(metric, value, range, decimals)) {
            decimals++;
        }
        return decimals;
    }

    private static boolean looksLikeAnEnd(Metric metric, double value, Range range, int decimals) {
        String seen = bare(value(metric, value, decimals));
        return range.list().stream()
                .anyMatch(end -> bare(value(metric, end, decimals)).equals(seen));
    }

    /// Without decimals that say nothing.
    private static String bare(String number) {
        return number.replaceFirst("\\.0+(?=%?$)", "");
    }

    /// "980 to 1,100", "at least 10", "at most 1.00%".
    static String expected(Metric metric, Range range, int decimals) {
        Range shown = shown(metric, range);
        boolean hasMin = Double.isFinite(shown.min());
        boolean hasMax = Double.isFinite(shown.max());
        String min = hasMin ? value(metric, shown.min(), decimals) : "";
        String max = hasMax ? value(metric, shown.max(), decimals) : "";
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

    static String value(Metric metric, double value, int decimals) {
        return switch (metric) {
            case VOLUME, DISTINCT, MEAN -> number(value, decimals);
            case NULL_RATE -> String.format(Locale.ROOT, "%." + decimals + "f%%", 100 * value);
            case FRESHNESS -> age(Duration.ofSeconds((long) value));
        };
    }

    /// So many decimals, of what is below one so many significant digits and three; all of a whole number.
    private static String number(double value, int decimals) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return Math.abs(value) >= 1 && Math.abs(value) < WHOLE_MAX
                ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
                : String.format(Locale.ROOT, "%." + (decimals + 3) + "g", value);
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
