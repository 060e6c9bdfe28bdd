package dev.ade.project.python;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/// Dates and times as text, by Python's directives: `%Y-%m-%d`.
final class Strftime {
    /// The number of 1970-01-01 where 0001-01-01 is 1.
    static final long ORDINAL_OF_1970 = 719_163L;

    private static final Locale ENGLISH = Locale.ENGLISH;

    private Strftime() {}

    static String format(String format, LocalDateTime time, Optional<ZoneValue> zone) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            boolean isBare = directive == '-' && i + 1 < format.length();
            String part = part(isBare ? format.charAt(++i) : directive, time, zone);
            text.append(isBare ? part.replaceFirst("^0+(?=.)", "") : part);
        }
        return text.toString();
    }

    private static String part(char directive, LocalDateTime time, Optional<ZoneValue> zone) {
        return switch (directive) {
            case 'Y' -> Integer.toString(time.getYear());
            case 'y' -> two(time.getYear() % 100);
            case 'm' -> two(time.getMonthValue());
            case 'd' -> two(time.getDayOfMonth());
            case 'e' -> "%2d".formatted(time.getDayOfMonth());
            case 'H' -> two(time.getHour());
            case 'I' -> two((time.getHour() + 11) % 12 + 1);
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'f' -> "%06d".formatted(time.getNano() / 1_000);
            case 'j' -> "%03d".formatted(time.getDayOfYear());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, ENGLISH);
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'U' -> two(week(time.toLocalDate(), time.getDayOfWeek().getValue() % 7));
            case 'W' -> two(week(time.toLocalDate(), time.getDayOfWeek().getValue() - 1));
            case 's' -> Long.toString(time.toEpochSecond(ZoneOffset.UTC));
            case 'z' -> zone.map(one -> offset(time.atZone(one.zone()).getOffset(), "")).orElse("");
            case 'Z' -> zone.map(one -> zoneName(one, time)).orElse("");
            case 'D', 'x' -> format("%m/%d/%y", time, zone);
            case 'F' -> format("%Y-%m-%d", time, zone);
            case 'T', 'X' -> format("%H:%M:%S", time, zone);
            case 'R' -> format("%H:%M", time, zone);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time, zone);
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + directive;
        };
    }

    private static String zoneName(ZoneValue zone, LocalDateTime time) {
        return zone.zone() instanceof ZoneOffset
                ? zone.name()
                : java.time.format.DateTimeFormatter.ofPattern("zzz", ENGLISH)
                        .format(time.atZone(zone.zone()));
    }

    /// Weeks since the first of them in the year, days before it being week 0.
    private static int week(LocalDate date, int dayOfWeek) {
        return (date.getDayOfYear() + 6 - dayOfWeek) / 7;
    }

    private static String two(int number) {
        return "%02d".formatted(number);
    }

    static String offset(ZoneOffset offset, String separator) {
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        return "%s%02d%s%02d"
                .formatted(
                        offset.getTotalSeconds() < 0 ? "-" : "+",
                        minutes / 60,
                        separator,
                        minutes % 60);
    }

    /// `HH:MM:SS`, and microseconds where there are some.
    static String clock(LocalTime time) {
        String text =
                "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        return micros == 0 ? text : text + ".%06d".formatted(micros);
    }
}
