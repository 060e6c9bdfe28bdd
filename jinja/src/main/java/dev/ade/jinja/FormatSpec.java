package dev.ade.jinja;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What follows the colon in a field of `format`.
///
/// @param align `<`, `>`, `^`, `=`, or a space where none is given
/// @param form the last letter, or a space
record FormatSpec(
        String fill,
        char align,
        char sign,
        boolean alternate,
        int width,
        String grouping,
        int precision,
        char form) {
    private static final Pattern SPEC =
            Pattern.compile(
                    "(?:(.)?([<>=^]))?([-+ ]?)z?(#?)(0?)(\\d{0,8})([,_]?)(?:\\.(\\d{1,8}))?([a-zA-Z%]?)",
                    Pattern.DOTALL);

    static FormatSpec parse(String text) {
        Matcher matcher = SPEC.matcher(text);
        if (!matcher.matches()) {
            throw new Problem("Invalid format specifier '" + text + "'");
        }
        String fill = matcher.group(1);
        String align = matcher.group(2);
        boolean zeros = !matcher.group(5).isEmpty() && align == null;
        return new FormatSpec(
                fill != null ? fill : matcher.group(5).isEmpty() ? " " : "0",
                align != null ? align.charAt(0) : zeros ? '=' : ' ',
                matcher.group(3).isEmpty() ? '-' : matcher.group(3).charAt(0),
                !matcher.group(4).isEmpty(),
                matcher.group(6).isEmpty() ? 0 : Integer.parseInt(matcher.group(6)),
                matcher.group(7),
                matcher.group(8) == null ? -1 : Integer.parseInt(matcher.group(8)),
                matcher.group(9).isEmpty() ? ' ' : matcher.group(9).charAt(0));
    }

    boolean isEmpty() {
        return equals(parse(""));
    }

    String format(Object value) {
        if (isEmpty()) {
            return Python.text(value);
        }
        return switch (value) {
            case Boolean _ when form == ' ' && precision < 0 -> text(Python.text(value));
            case Boolean _, Number _ -> number(value);
            case String text -> text(text);
            case Undefined _ -> text("");
            default ->
                    throw new Problem(
                            "unsupported format string passed to "
                                    + Python.typeName(value)
                                    + ".__format__");
        };
    }

    private String text(String text) {
        if (form != 's' && form != ' ') {
            throw unknown("str");
        }
        if (align == '=' && !fill.equals("0")) {
            throw new Problem("'=' alignment not allowed in string format specifier");
        }
        String cut =
                precision >= 0 && precision < Strings.length(text)
                        ? Strings.slice(text, 0, precision)
                        : text;
        return padded("", cut, align == ' ' || align == '=' ? '<' : align);
    }

    private Problem unknown(String type) {
        return new Problem("Unknown format code '" + form + "' for object of type '" + type + "'");
    }

    private String padded(String sign, String body, char where) {
        int missing = width - Strings.length(sign) - Strings.length(body);
        if (missing <= 0) {
            return sign + body;
        }
        return switch (where) {
            case '<' -> StringMethods.padded(sign + body, fill, 0, missing);
            case '^' -> StringMethods.padded(sign + body, fill, missing / 2, missing - missing / 2);
            case '=' -> sign + StringMethods.padded(body, fill, missing, 0);
            default -> StringMethods.padded(sign + body, fill, missing, 0);
        };
    }

    private String number(Object value) {
        boolean negative =
                Numbers.isInteger(value)
                        ? Numbers.big(value).signum() < 0
                        : Numbers.real(value) < 0 || 1 / Numbers.real(value) < 0;
        String mark = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        String body =
                switch (form) {
                    case 'e', 'E', 'f', 'F', 'g', 'G', '%' ->
                            Decimals.text(Numbers.real(value), form, precision, alternate);
                    default -> Numbers.isInteger(value) ? whole(value) : real(value);
                };
        String prefix = prefix();
        return padded(mark + prefix, grouped(body), align == ' ' ? '>' : align);
    }

    private String prefix() {
        return alternate && "xXob".indexOf(form) >= 0 ? "0" + form : "";
    }

    private String whole(Object value) {
        BigInteger size = Numbers.big(value).abs();
        return switch (form) {
            case 'd', 'n', ' ' -> size.toString();
            case 'x' -> size.toString(16);
            case 'X' -> StringMethods.upper(size.toString(16));
            case 'o' -> size.toString(8);
            case 'b' -> size.toString(2);
            case 'c' -> Character.toString(Numbers.index(value));
            default -> throw unknown("int");
        };
    }

    private String real(Object value) {
        if (form != ' ' && form != 'n') {
            throw unknown("float");
        }
        double size = Math.abs(Numbers.real(value));
        if (precision < 0) {
            return Numbers.text(size);
        }
        String text = Decimals.text(size, 'g', precision, false);
        return text.matches("\\d+") && form == ' ' ? text + ".0" : text;
    }

    private String grouped(String body) {
        if (grouping.isEmpty()) {
            return body;
        }
        int end = 0;
        while (end < body.length() && Character.isLetterOrDigit(body.charAt(end))) {
            end++;
        }
        int size = "xXob".indexOf(form) >= 0 ? 4 : 3;
        StringBuilder digits = new StringBuilder(body.substring(0, end));
        for (int i = end - size; i > 0; i -= size) {
            digits.insert(i, grouping);
        }
        return digits + body.substring(end);
    }
}
