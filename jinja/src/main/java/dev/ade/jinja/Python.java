package dev.ade.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Python's own functions say of a value: `str`, `repr`, `bool`, `==`, `<`, `len`, `type`.
public final class Python {
    private Python() {}

    /// `str(value)`.
    public static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Undefined _ -> "";
            case Long number -> Long.toString(number);
            case List<?> _, Tuple _, Map<?, ?> _, java.util.Set<?> _ -> repr(value);
            case BigDecimal number -> number.toString();
            case Boolean _, Number _ -> repr(value);
            default -> Repr.object(value);
        };
    }

    /// `repr(value)`.
    public static String repr(Object value) {
        return Repr.of(value);
    }

    /// `bool(value)`.
    public static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case None _, Undefined _ -> false;
            case String text -> !text.isEmpty();
            case Long number -> number != 0;
            case BigInteger number -> number.signum() != 0;
            case BigDecimal number -> number.signum() != 0;
            case Number number -> number.doubleValue() != 0;
            case Collection<?> items -> !items.isEmpty();
            case Tuple tuple -> !tuple.items().isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Range range -> range.size() > 0;
            case View view -> !view.items().isEmpty();
            default -> true;
        };
    }

    /// `left == right`.
    public static boolean equal(Object left, Object right) {
        return Comparison.equal(left, right);
    }

    /// Below, at or above 0 as `left` is less than, equal to or greater than `right`; an error for
    /// values without an order.
    public static int compare(Object left, Object right) {
        return Comparison.compare(left, right);
    }

    /// The value of a Java object as templates know it: null is `None`, integers are Long, and so
    /// on, in lists and maps, too, which are copied.
    public static Object fromJava(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(fromJava(key), fromJava(item)));
                yield copy;
            }
            case Tuple tuple -> tuple;
            case Collection<?> items -> {
                List<Object> copy = new ArrayList<>(items.size());
                items.forEach(item -> copy.add(fromJava(item)));
                yield copy;
            }
            default -> scalar(value);
        };
    }

    /// The same, of the value alone.
    static Object scalar(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case Integer number -> (long) number;
            case Short number -> (long) number;
            case Byte number -> (long) number;
            case Float number -> (double) number;
            case BigInteger number -> Numbers.integer(number);
            case Character letter -> letter.toString();
            default -> value;
        };
    }

    /// The value as JSON, keys in their order; an error where a value has no JSON.
    public static String json(Object value) {
        return Json.inOrder(value);
    }

    /// `type(value).__name__`.
    public static String typeName(Object value) {
        return switch (value) {
            case None _ -> "NoneType";
            case Boolean _ -> "bool";
            case Long _, BigInteger _, Integer _ -> "int";
            case Double _, Float _ -> "float";
            case String _ -> "str";
            case Tuple _ -> "tuple";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            case java.util.Set<?> _ -> "set";
            case Undefined _ -> "Undefined";
            case Range _ -> "range";
            case View view -> view.type();
            case Group _ -> "_GroupTuple";
            case Macro _ -> "Macro";
            case Attributes object -> object.getClass().getSimpleName();
            case Callable _ -> "function";
            default -> value.getClass().getSimpleName();
        };
    }

    /// What a `for` goes over. The list is not the value's own, or must not be changed.
    public static List<Object> items(Object value) {
        List<Object> items =
                switch (value) {
                    case Undefined _ -> List.of();
                    case Tuple tuple -> tuple.items();
                    case Group group -> group.pair().items();
                    case String text -> Strings.letters(text);
                    case Map<?, ?> map -> new ArrayList<>(map.keySet());
                    case Collection<?> collection -> new ArrayList<>(collection);
                    case Range range -> range.items();
                    case View view -> view.items();
                    case Iterable<?> iterable -> copy(iterable);
                    default ->
                            throw new Problem("'" + typeName(value) + "' object is not iterable");
                };
        Budget.spend(items.size());
        return items;
    }

    private static List<Object> copy(Iterable<?> iterable) {
        List<Object> items = new ArrayList<>();
        for (Object item : iterable) {
            Budget.spend(1);
            items.add(scalar(item));
        }
        return items;
    }

    static boolean isIterable(Object value) {
        return switch (value) {
            case Undefined _,
                    Tuple _,
                    Group _,
                    String _,
                    Map<?, ?> _,
                    Iterable<?> _,
                    Range _,
                    View _ ->
                    true;
            default -> false;
        };
    }

    /// `len(value)`.
    static long length(Object value) {
        return switch (value) {
            case Undefined _ -> 0;
            case String text -> Strings.length(text);
            case Tuple tuple -> tuple.items().size();
            case Map<?, ?> map -> map.size();
            case Collection<?> items -> items.size();
            case Range range -> range.size();
            case View view -> view.items().size();
            default -> throw new Problem("object of type '" + typeName(value) + "' has no len()");
        };
    }

    static boolean isSpace(int letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || letter == 0x85;
    }

    static String stripRight(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
