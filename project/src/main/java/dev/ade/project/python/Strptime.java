package dev.ade.project.python;

import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads dates and times by Python's directives.
final class Strptime {
    private static final Map<Character, String> PATTERNS =
            Map.ofEntries(
                    Map.entry('Y', "(\\d{4})"),
                    Map.entry('y', "(\\d{2})"),
                    Map.entry('m', "(\\d{1,2})"),
                    Map.entry('d', "(\\d{1,2})"),
                    Map.entry('H', "(\\d{1,2})"),
                    Map.entry('I', "(\\d{1,2})"),
                    Map.entry('M', "(\\d{1,2})"),
                    Map.entry('S', "(\\d{1,2})"),
                    Map.entry('f', "(\\d{1,6})"),
                    Map.entry('j', "(\\d{1,3})"),
                    Map.entry('b', "([A-Za-z]{3})"),
                    Map.entry('B', "([A-Za-z]+)"),
                    Map.entry('a', "([A-Za-z]{3})"),
                    Map.entry('A', "([A-Za-z]+)"),
                    Map.entry('p', "([AaPp][Mm])"),
                    Map.entry('z', "(Z|[+-]\\d{2}:?\\d{2})"),
                    Map.entry('Z', "(UTC|GMT)"));

    private Strptime() {}

    static DateTimeValue parse(String text, String format) {
        StringBuilder regex = new StringBuilder();
        StringBuilder directives = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length() && format.charAt(i + 1) != '%') {
                char directive = format.charAt(++i);
                String pattern = PATTERNS.get(directive);
                if (pattern == null) {
                    throw new IllegalArgumentException(
                            "'%s' is a bad directive in format '%s'".formatted(directive, format));
                }
                regex.append(pattern);
                directives.append(directive);
            } else {
                i += c == '%' ? 1 : 0;
                regex.append(Character.isWhitespace(c) ? "\\s+" : Pattern.quote("" + c));
            }
        }
        Matcher matcher = Pattern.compile(regex.toString()).matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "time data '%s' does not match format '%s'".formatted(text, format));
        }
        Map<Character, String> found = new HashMap<>();
        for (int i = 0; i < directives.length(); i++) {
            found.put(directives.charAt(i), matcher.group(i + 1));
        }
        return value(found);
    }

    private static DateTimeValue value(Map<Character, String> found) {
        int year =
                found.containsKey('y') ? century(number(found, 'y', 0)) : number(found, 'Y', 1900);
        LocalDateTime time =
                LocalDateTime.of(
                        year,
                        month(found),
                        number(found, 'd', 1),
                        hour(found),
                        number(found, 'M', 0),
                        number(found, 'S', 0),
                        1_000
                                * Integer.parseInt(
                                        (found.getOrDefault('f', "0") + "00000").substring(0, 6)));
        LocalDateTime inYear =
                found.containsKey('j') ? time.withDayOfYear(number(found, 'j', 1)) : time;
        Optional<ZoneId> zone =
                Optional.ofNullable(found.get('z'))
                        .map(text -> text.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(text));
        return new DateTimeValue(inYear, zone);
    }

    private static int century(int year) {
        return year < 69 ? 2000 + year : 1900 + year;
    }

    private static int number(Map<Character, String> found, char directive, int otherwise) {
        String text = found.get(directive);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static int month(Map<Character, String> found) {
        for (Month month : Month.values()) {
            if (month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                            .equalsIgnoreCase(found.get('b'))
                    || month.getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                            .equalsIgnoreCase(found.get('B'))) {
                return month.getValue();
            }
        }
        return number(found, 'm', 1);
    }

    private static int hour(Map<Character, String> found) {
        if (!found.containsKey('I')) {
            return number(found, 'H', 0);
        }
        boolean isAfternoon = "pm".equalsIgnoreCase(found.get('p'));
        return number(found, 'I', 0) % 12 + (isAfternoon ? 12 : 0);
    }
}
