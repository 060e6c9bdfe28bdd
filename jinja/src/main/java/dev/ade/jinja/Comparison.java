package dev.ade.jinja;

import java.util.List;
import java.util.Map;

/// Python's `==`, `<` and `in`.
final class Comparison {
    private Comparison() {}

    @SuppressWarnings("ReferenceEquality") // Python, too, looks at the items only of two lists
    static boolean equal(Object left, Object right) {
        Budget.spend(1);
        if (left == right) {
            return !Numbers.isNan(left);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return !Numbers.isNan(left)
                    && !Numbers.isNan(right)
                    && Numbers.compare(left, right) == 0;
        }
        return switch (left) {
            case Undefined _ -> right instanceof Undefined;
            case Tuple(var items) ->
                    right instanceof Tuple(var others) && equalItems(items, others);
            case List<?> items -> right instanceof List<?> others && equalItems(items, others);
            case Map<?, ?> map -> right instanceof Map<?, ?> other && equalMaps(map, other);
            case Group group ->
                    equal(group.pair(), right instanceof Group other ? other.pair() : right);
            case View view ->
                    right instanceof View other && equalItems(view.items(), other.items());
            default -> left.equals(right);
        };
    }

    private static boolean equalItems(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            Object other = right.get(Dicts.key(right, entry.getKey()));
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    static int compare(Object left, Object right) {
        return compare(left, right, "<");
    }

    static int compare(Object left, Object right, String sign) {
        Budget.spend(1);
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        return switch (left) {
            case Undefined missing -> throw missing.error();
            case Object _ when right instanceof Undefined missing -> throw missing.error();
            case String text when right instanceof String other -> Strings.compare(text, other);
            case Tuple(var items) when right instanceof Tuple(var others) ->
                    compareItems(items, others, sign);
            case List<?> items when right instanceof List<?> others ->
                    compareItems(items, others, sign);
            case Comparable<?> value
                    when left.getClass() == right.getClass() && !(left instanceof None) ->
                    compareSame(value, right);
            default ->
                    throw new Problem(
                            "'%s' not supported between instances of '%s' and '%s'"
                                    .formatted(
                                            sign, Python.typeName(left), Python.typeName(right)));
        };
    }

    @SuppressWarnings("unchecked") // of the same class, as was checked
    private static int compareSame(Comparable<?> left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static int compareItems(List<?> left, List<?> right, String sign) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return compare(left.get(i), right.get(i), sign);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    static boolean holds(String sign, Object left, Object right) {
        return switch (sign) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            case "in" -> contains(right, left);
            case "not in" -> !contains(right, left);
            default -> ordered(sign, left, right);
        };
    }

    private static boolean ordered(String sign, Object left, Object right) {
        int order = compare(left, right, sign);
        if (Numbers.isNan(left) || Numbers.isNan(right)) {
            return false;
        }
        return switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    static boolean contains(Object container, Object value) {
        return switch (container) {
            case String text when value instanceof String part -> {
                Budget.spend(text.length() / 64);
                yield text.contains(part);
            }
            case String _ when value instanceof Undefined missing -> throw missing.error();
            case String _ ->
                    throw new Problem(
                            "'in <string>' requires string as left operand, not "
                                    + Python.typeName(value));
            case Map<?, ?> map -> map.containsKey(Dicts.key(map, value));
            case Range range -> range.contains(value);
            default -> containsItem(container, value);
        };
    }

    private static boolean containsItem(Object container, Object value) {
        if (!Python.isIterable(container)) {
            throw new Problem(
                    "argument of type '" + Python.typeName(container) + "' is not iterable");
        }
        List<Object> items = container instanceof Tuple(var all) ? all : Python.items(container);
        for (Object item : items) {
            if (equal(item, value)) {
                return true;
            }
        }
        return false;
    }
}
