package dev.ade.cli.console;

import dev.ade.model.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Figures as people read them.
public final class Words {
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_SECONDS = 60;
    private static final long HOUR_SECONDS = 3_600;

    private Words() {}

    public static String count(long number, String noun) {
        return Wording.count(number, noun);
    }

    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `0.41s`, `12.3s`, `2m05s`, `1h02m`.
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 10 * SECOND_MILLIS) {
            return String.format(Locale.ROOT, "%.2fs", millis / (double) SECOND_MILLIS);
        }
        long seconds = duration.toSeconds();
        if (seconds < MINUTE_SECONDS) {
            return String.format(Locale.ROOT, "%.1fs", millis / (double) SECOND_MILLIS);
        }
        if (seconds < HOUR_SECONDS) {
            return String.format(
                    Locale.ROOT, "%dm%02ds", seconds / MINUTE_SECONDS, seconds % MINUTE_SECONDS);
        }
        return String.format(
                Locale.ROOT,
                "%dh%02dm",
                seconds / HOUR_SECONDS,
                seconds % HOUR_SECONDS / MINUTE_SECONDS);
    }

    /// `just now`, `5 minutes ago`, `3 days ago`.
    public static String ago(Duration age) {
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return count(age.toMinutes(), "minute") + " ago";
        }
        return age.toDays() < 2
                ? count(age.toHours(), "hour") + " ago"
                : count(age.toDays(), "day") + " ago";
    }

    /// `1.2 GB`, by thousands.
    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1_000 && unit < units.length - 1) {
            size /= 1_000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    /// Control characters would move the cursor, or worse: they are shown as what they are.
    public static String oneLine(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars().forEach(c -> append(line, (char) c));
        return line.toString();
    }

    /// Lines stay lines.
    public static List<String> lines(String text) {
        return text.lines().map(Words::oneLine).toList();
    }

    private static void append(StringBuilder line, char c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (Character.isISOControl(c)) {
                    line.append("\\u").append(String.format("%04x", (int) c));
                } else {
                    line.append(c);
                }
            }
        }
    }
}
