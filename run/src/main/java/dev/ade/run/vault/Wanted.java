package dev.ade.run.vault;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whose rows are looked for in originals of a source.
///
/// @param values by column, as the source writes them; the case of columns does not count
/// @param probes texts of which one is in every row that holds a value
record Wanted(Map<String, Set<String>> values, Set<String> probes) {
    private static final int DIGITS_MAX = 40;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

    /// A number may be written so in any number of ways.
    private static final Pattern EXPONENT = Pattern.compile("\\d\\.?[eE][+-]?\\d");

    private static final Pattern DELIMITERS = Pattern.compile("[,;|\t\"']");

    Wanted {
        Map<String, Set<String>> some = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        some.putAll(values);
        values = some;
        probes = Set.copyOf(probes);
    }

    static Wanted of(Map<String, Set<String>> values) {
        Set<String> probes = new HashSet<>();
        for (Set<String> some : values.values()) {
            for (String value : some) {
                probes.add(value);
                number(value)
                        .map(number -> number.stripTrailingZeros().abs().toPlainString())
                        .ifPresent(probes::add);
            }
        }
        return new Wanted(values, probes);
    }

    boolean isColumn(String name) {
        return values.containsKey(name.strip());
    }

    Set<String> of(String column) {
        return values.getOrDefault(column.strip(), Set.of());
    }

    /// Whether it is one of the values of a column: the same text, or the same number.
    boolean isValue(String column, String field) {
        String text = field.strip();
        Set<String> some = of(column);
        if (some.contains(text)) {
            return true;
        }
        Optional<BigDecimal> number = number(text);
        return number.isPresent()
                && some.stream()
                        .flatMap(it -> number(it).stream())
                        .anyMatch(it -> it.compareTo(number.get()) == 0);
    }

    /// Whether a text cannot hold a value, however it is escaped.
    boolean isNowhereIn(String text) {
        return text.indexOf('\\') < 0 && !EXPONENT.matcher(text).find() && !isIn(text);
    }

    /// Whether a value is somewhere in a text: of a row that is broken no more can be told.
    boolean isIn(String text) {
        return probes.stream().anyMatch(text::contains);
    }

    /// Whether a row of which the columns are not known shows a value: on its own between characters that are neither letters
    /// nor digits, or as the same number between usual delimiters.
    boolean isSomewhereIn(String row) {
        return values.values().stream()
                        .flatMap(Set::stream)
                        .anyMatch(value -> isAlone(row.replace("\"\"", "\""), value))
                || Stream.of(DELIMITERS.split(row))
                        .anyMatch(field ->
                                values.keySet().stream()
                                        .anyMatch(column -> isValue(column, field)));
    }

    private static boolean isAlone(String text, String value) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            boolean isBegun = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            boolean isEnded = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (isBegun && isEnded) {
                return true;
            }
        }
        return false;
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.length() <= DIGITS_MAX && NUMBER.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
