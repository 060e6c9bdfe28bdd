package dev.ade.jinja;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Python's `int(text, base)` and `float(text)`.
final class Parse {
    private static final int DIGITS_MAX = 4300;
    private static final Pattern REAL =
            Pattern.compile(
                    "[+-]?(?:\\d(?:_?\\d)*\\.?(?:\\d(?:_?\\d)*)?|\\.\\d(?:_?\\d)*)(?:[eE][+-]?\\d(?:_?\\d)*)?");

    private Parse() {}

    static Optional<Object> integer(String text, int base) {
        String digits = StringMethods.strip(text, None.NONE, true, true).toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = base;
        int prefix = prefix(digits);
        if (prefix > 0 && (base == prefix || base == 0)) {
            radix = prefix;
            digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
        } else if (base == 0) {
            radix = 10;
        }
        if (radix < 2
                || radix > 36
                || digits.length() > DIGITS_MAX
                || !digits.matches("[0-9a-z]+(?:_[0-9a-z]+)*")) {
            return Optional.empty();
        }
        try {
            BigInteger value = new BigInteger(digits.replace("_", ""), radix);
            return Optional.of(Numbers.integer(negative ? value.negate() : value));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static int prefix(String digits) {
        return digits.startsWith("0x")
                ? 16
                : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 0;
    }

    static Optional<Double> real(String text) {
        String number = StringMethods.strip(text, None.NONE, true, true).toLowerCase(Locale.ROOT);
        String size =
                number.startsWith("-") || number.startsWith("+") ? number.substring(1) : number;
        int sign = number.startsWith("-") ? -1 : 1;
        return switch (size) {
            case "inf", "infinity" -> Optional.of(sign * Double.POSITIVE_INFINITY);
            case "nan" -> Optional.of(Double.NaN);
            default ->
                    number.length() <= DIGITS_MAX && REAL.matcher(number).matches()
                            ? Optional.of(Double.valueOf(number.replace("_", "")))
                            : Optional.empty();
        };
    }
}
