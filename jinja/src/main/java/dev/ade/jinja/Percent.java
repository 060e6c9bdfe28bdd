package dev.ade.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `pattern % values`.
final class Percent {
    private static final Pattern DIRECTIVE =
            Pattern.compile(
                    "%(?:\\(([^)]*)\\))?([-#0 +]*)(\\*|\\d+)?(?:\\.(\\*|\\d*))?[hlL]?(.)?",
                    Pattern.DOTALL);

    private final Object values;
    private final Iterator<Object> positional;

    private Percent(Object values) {
        this.values = values;
        this.positional = (values instanceof Tuple(var items) ? items : List.of(values)).iterator();
    }

    static String format(String pattern, Object values) {
        Percent percent = new Percent(values);
        Matcher matcher = DIRECTIVE.matcher(pattern);
        StringBuilder out = new StringBuilder();
        int position = 0;
        while (matcher.find()) {
            out.append(pattern, position, matcher.start()).append(percent.directive(matcher));
            Budget.checkGrowing(out.length());
            position = matcher.end();
        }
        out.append(pattern, position, pattern.length());
        if (percent.positional.hasNext() && !isMapping(values)) {
            throw new Problem("not all arguments converted during string formatting");
        }
        Budget.spendText(out.length());
        return out.toString();
    }

    /// Whether Python could look a name up in it, and so does not mind what is not used.
    private static boolean isMapping(Object values) {
        return values instanceof Map || values instanceof List || values instanceof Undefined;
    }

    private String directive(Matcher matcher) {
        if (matcher.group(5) == null) {
            throw new Problem("incomplete format");
        }
        char form = matcher.group(5).charAt(0);
        if (form == '%') {
            return "%";
        }
        String flags = matcher.group(2);
        int width = size(matcher.group(3), 0);
        int precision =
                matcher.group(4) == null
                        ? -1
                        : size(matcher.group(4).isEmpty() ? "0" : matcher.group(4), 0);
        boolean left = flags.indexOf('-') >= 0 || width < 0;
        Object value = matcher.group(1) == null ? next() : named(matcher.group(1));
        return padded(convert(value, form, flags, precision), Math.abs(width), left, flags, form);
    }

    private int size(@org.jspecify.annotations.Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.equals("*")) {
            return Numbers.index(next());
        }
        if (text.length() > 8) {
            throw new Problem("a width of the format is too large");
        }
        return Integer.parseInt(text);
    }

    private Object next() {
        if (!positional.hasNext()) {
            throw new Problem("not enough arguments for format string");
        }
        return positional.next();
    }

    private Object named(String name) {
        if (!(values instanceof Map<?, ?> map)) {
            throw new Problem("format requires a mapping");
        }
        Object value = map.get(name);
        if (value == null) {
            throw new Problem("the mapping has no key '" + name + "'");
        }
        return value;
    }

    private static String padded(String text, int width, boolean left, String flags, char form) {
        int missing = width - Strings.length(text);
        if (missing <= 0) {
            return text;
        }
        if (left) {
            return StringMethods.padded(text, " ", 0, missing);
        }
        boolean zeros = flags.indexOf('0') >= 0 && "diuoxXeEfFgG".indexOf(form) >= 0;
        if (!zeros) {
            return StringMethods.padded(text, " ", missing, 0);
        }
        int sign = "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        if (text.startsWith("0x", sign)
                || text.startsWith("0o", sign)
                || text.startsWith("0X", sign)) {
            sign += 2;
        }
        return text.substring(0, sign)
                + StringMethods.padded(text.substring(sign), "0", missing, 0);
    }

    private static String convert(Object value, char form, String flags, int precision) {
        return switch (form) {
            case 's' -> cut(Python.text(value), precision);
            case 'r', 'a' -> cut(Python.repr(value), precision);
            case 'c' -> letter(value);
            case 'd', 'i', 'u' -> integer(whole(value, form), 10, flags, precision);
            case 'o' -> integer(exact(value, form), 8, flags, precision);
            case 'x' -> integer(exact(value, form), 16, flags, precision);
            case 'X' -> StringMethods.upper(integer(exact(value, form), 16, flags, precision));
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(value, form, flags, precision);
            default -> throw new Problem("unsupported format character '" + form + "'");
        };
    }

    private static String cut(String text, int precision) {
        return precision < 0 || precision >= Strings.length(text)
                ? text
                : Strings.slice(text, 0, precision);
    }

    private static String letter(Object value) {
        if (value instanceof String text && Strings.length(text) == 1) {
            return text;
        }
        int letter = Numbers.index(value);
        if (!Character.isValidCodePoint(letter)) {
            throw new Problem("the code of a letter is out of range");
        }
        return Character.toString(letter);
    }

    private static BigInteger whole(Object value, char form) {
        if (value instanceof Double real) {
            if (real.isNaN() || real.isInfinite()) {
                throw new Problem("cannot convert float to integer");
            }
            return new BigDecimal(real).toBigInteger();
        }
        if (value instanceof Undefined missing) {
            throw missing.error();
        }
        return exact(value, form);
    }

    private static BigInteger exact(Object value, char form) {
        if (!Numbers.isInteger(value)) {
            throw new Problem(
                    "%" + form + " format: a number is required, not " + Python.typeName(value));
        }
        return Numbers.big(value);
    }

    private static String integer(BigInteger value, int base, String flags, int precision) {
        String digits = value.abs().toString(base);
        if (precision > digits.length()) {
            digits = StringMethods.padded(digits, "0", precision - digits.length(), 0);
        }
        String prefix = flags.indexOf('#') < 0 || base == 10 ? "" : base == 16 ? "0x" : "0o";
        return sign(value.signum() < 0, flags) + prefix + digits;
    }

    private static String sign(boolean negative, String flags) {
        if (negative) {
            return "-";
        }
        return flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    }

    private static String real(Object value, char form, String flags, int precision) {
        if (!Numbers.isNumber(value)) {
            throw new Problem("must be real number, not " + Python.typeName(value));
        }
        double real = Numbers.real(value);
        boolean negative = real < 0 || (real == 0 && 1 / real < 0);
        return sign(negative, flags)
                + Decimals.text(real, form, precision, flags.indexOf('#') >= 0);
    }
}
