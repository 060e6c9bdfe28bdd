package dev.ade.jinja;

import java.util.Map;
import java.util.Set;

/// What follows `is`.
final class Tests {
    private static final Map<String, String> SIGNS =
            Map.ofEntries(
                    Map.entry("eq", "=="),
                    Map.entry("==", "=="),
                    Map.entry("equalto", "=="),
                    Map.entry("ne", "!="),
                    Map.entry("!=", "!="),
                    Map.entry("lt", "<"),
                    Map.entry("<", "<"),
                    Map.entry("lessthan", "<"),
                    Map.entry("le", "<="),
                    Map.entry("<=", "<="),
                    Map.entry("gt", ">"),
                    Map.entry(">", ">"),
                    Map.entry("greaterthan", ">"),
                    Map.entry("ge", ">="),
                    Map.entry(">=", ">="),
                    Map.entry("in", "in"));

    private Tests() {}

    static boolean test(String name, Object value, Arguments given, Evaluator evaluator) {
        String sign = SIGNS.get(name);
        if (sign != null) {
            given.allow("other");
            return Comparison.holds(sign, value, given.require(0, "other"));
        }
        return switch (name) {
            case "divisibleby" -> isDivisible(value, given.require(0, "num"));
            case "sameas" -> isSame(value, given.require(0, "other"));
            case "filter" -> value instanceof String filter && evaluator.isFilter(filter);
            case "test" -> value instanceof String test && isTest(test);
            default -> {
                given.allow();
                yield test(name, value);
            }
        };
    }

    private static boolean test(String name, Object value) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == None.NONE;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "integer" -> Numbers.isInteger(value) && !(value instanceof Boolean);
            case "float" -> value instanceof Double || value instanceof Float;
            case "number" -> Numbers.isNumber(value);
            case "string" -> value instanceof String;
            case "mapping" ->
                    value instanceof Map
                            || (value instanceof Attributes object && object.isMapping());
            case "iterable" -> Python.isIterable(value);
            case "sequence" ->
                    Python.isIterable(value) && !(value instanceof View) && !(value instanceof Set);
            case "callable" -> value instanceof Callable || value instanceof Undefined;
            case "odd" -> !isDivisible(value, 2L);
            case "even" -> isDivisible(value, 2L);
            case "lower" -> StringMethods.isLower(Python.text(value));
            case "upper" -> StringMethods.isUpper(Python.text(value));
            case "escaped" -> false;
            default -> throw new Problem("no test is named '" + name + "'");
        };
    }

    private static boolean isDivisible(Object value, Object by) {
        Object rest = Operators.apply(Expr.Operator.REMAINDER, value, by);
        return Comparison.equal(rest, 0L);
    }

    /// Whether they are one object, as far as a template can tell.
    @SuppressWarnings("ReferenceEquality") // that is the question
    private static boolean isSame(Object value, Object other) {
        return value == other
                || ((value instanceof String || Numbers.isNumber(value)) && value.equals(other));
    }

    private static boolean isTest(String name) {
        return SIGNS.containsKey(name)
                || switch (name) {
                    case "divisibleby",
                            "sameas",
                            "filter",
                            "test",
                            "defined",
                            "undefined",
                            "none",
                            "boolean",
                            "true",
                            "false",
                            "integer",
                            "float",
                            "number",
                            "string",
                            "mapping",
                            "iterable",
                            "sequence",
                            "callable",
                            "odd",
                            "even",
                            "lower",
                            "upper",
                            "escaped" ->
                            true;
                    default -> false;
                };
    }
}
