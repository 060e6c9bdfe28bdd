package dev.ade.jinja;

import dev.ade.jinja.Filters.Filter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/// Filters that give a number, or a number as text.
final class NumberFilters {
    private static final List<String> UNITS =
            List.of("kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
    private static final List<String> BINARY_UNITS =
            List.of("KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB");

    private NumberFilters() {}

    static Map<String, Filter> all() {
        return Map.of(
                "abs", (_, input, given) -> abs(input, given),
                "int", (_, input, given) -> integer(input, given),
                "float", (_, input, given) -> real(input, given),
                "round", (_, input, given) -> round(input, given),
                "filesizeformat", (_, input, given) -> size(input, given));
    }

    private static Object abs(Object input, Arguments given) {
        given.allow();
        if (!Numbers.isNumber(input)) {
            throw bad("abs", input);
        }
        return Numbers.isInteger(input)
                ? Numbers.integer(Numbers.big(input).abs())
                : (Object) Math.abs(Numbers.real(input));
    }

    private static Problem bad(String filter, Object input) {
        return input instanceof Undefined missing
                ? missing.error()
                : new Problem(
                        "bad operand type for " + filter + ": '" + Python.typeName(input) + "'");
    }

    private static Object integer(Object input, Arguments given) {
        given.allow("default", "base");
        Object otherwise = given.get(0, "default", 0L);
        int base = Numbers.index(given.get(1, "base", 10L));
        return switch (input) {
            case Undefined missing -> throw missing.error();
            case String text ->
                    Parse.integer(text, base).orElseGet(() -> whole(Parse.real(text), otherwise));
            case Object number when Numbers.isInteger(number) -> Numbers.plus(number);
            case Number number -> whole(java.util.Optional.of(number.doubleValue()), otherwise);
            default -> otherwise;
        };
    }

    private static Object whole(java.util.Optional<Double> real, Object otherwise) {
        return real.filter(Double::isFinite)
                .map(number -> Numbers.integer(new BigDecimal(number).toBigInteger()))
                .orElse(otherwise);
    }

    private static Object real(Object input, Arguments given) {
        given.allow("default");
        Object otherwise = given.get(0, "default", 0.0);
        return switch (input) {
            case Undefined missing -> throw missing.error();
            case String text -> Parse.real(text).map(real -> (Object) real).orElse(otherwise);
            case Object number when Numbers.isNumber(number) -> Numbers.real(number);
            default -> otherwise;
        };
    }

    private static Object round(Object input, Arguments given) {
        given.allow("precision", "method");
        if (!Numbers.isNumber(input)) {
            throw bad("round", input);
        }
        int precision = Numbers.index(given.get(0, "precision", 0L));
        if (Math.abs(precision) > 400) {
            throw new Problem("the precision is at most 400, was " + precision);
        }
        String method = Python.text(given.get(1, "method", "common"));
        return switch (method) {
            case "common" ->
                    Numbers.isInteger(input)
                            ? wholeRounded(Numbers.big(input), precision)
                            : rounded(Numbers.real(input), precision);
            case "ceil", "floor" -> {
                double factor = Math.pow(10, precision);
                double scaled = Numbers.real(input) * factor;
                yield (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
            }
            default -> throw new Problem("method must be common, ceil or floor");
        };
    }

    private static Object wholeRounded(BigInteger value, int precision) {
        return Numbers.integer(
                precision >= 0
                        ? value
                        : new BigDecimal(value)
                                .setScale(precision, RoundingMode.HALF_EVEN)
                                .toBigInteger());
    }

    private static Object rounded(double value, int precision) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        double result =
                new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
        return result == 0 ? Math.copySign(0.0, value) : result;
    }

    private static Object size(Object input, Arguments given) {
        given.allow("binary");
        boolean binary = Python.isTrue(given.get(0, "binary", false));
        double bytes =
                input instanceof String text
                        ? Parse.real(text)
                                .orElseThrow(
                                        () -> new Problem("not a number: " + Python.repr(text)))
                        : Numbers.real(input);
        int base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        }
        if (bytes < base) {
            return new BigDecimal(bytes).toBigInteger() + " Bytes";
        }
        List<String> units = binary ? BINARY_UNITS : UNITS;
        double unit = base;
        int i = 0;
        while (i < units.size() - 1 && bytes >= unit * base) {
            unit *= base;
            i++;
        }
        return Decimals.text(bytes / unit, 'f', 1, false) + " " + units.get(i);
    }
}
