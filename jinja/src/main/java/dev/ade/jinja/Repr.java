package dev.ade.jinja;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Python's `repr`.
final class Repr {
    private final StringBuilder out = new StringBuilder();
    private final IdentityHashMap<Object, Boolean> open = new IdentityHashMap<>();

    private Repr() {}

    static String of(Object value) {
        Repr repr = new Repr();
        repr.add(value);
        return repr.out.toString();
    }

    /// What other objects say; a lambda says nothing that stays the same.
    static String object(Object value) {
        boolean nameless = value instanceof Callable && value.getClass().isHidden();
        return nameless ? "<function>" : value.toString();
    }

    private void add(Object value) {
        switch (value) {
            case String text -> string(text);
            case Boolean truth -> out.append(truth ? "True" : "False");
            case Double real -> out.append(Numbers.text(real));
            case Float real -> out.append(Numbers.text(real));
            case BigDecimal decimal -> out.append("Decimal('").append(decimal).append("')");
            case Tuple tuple -> tuple(tuple);
            case List<?> items -> items("[", items, "]");
            case Collection<?> items -> set(items);
            case Map<?, ?> map -> map(map);
            case Undefined _ -> out.append("Undefined");
            default -> out.append(object(value));
        }
        Budget.spend(1);
        Budget.checkGrowing(out.length());
    }

    private void tuple(Tuple tuple) {
        items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
    }

    private void set(Collection<?> items) {
        if (items.isEmpty()) {
            out.append("set()");
        } else {
            items("{", items, "}");
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // asked by identity
    private void items(String begin, Collection<?> items, String end) {
        if (open.put(items, true) != null) {
            out.append("[...]");
            return;
        }
        out.append(begin);
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            add(item);
            separator = ", ";
        }
        out.append(end);
        open.remove(items);
    }

    private void map(Map<?, ?> map) {
        if (open.put(map, true) != null) {
            out.append("{...}");
            return;
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            add(entry.getKey());
            out.append(": ");
            add(entry.getValue());
            separator = ", ";
        }
        out.append('}');
        open.remove(map);
    }

    private void string(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(letter -> letter(letter, quote));
        out.append(quote);
    }

    private void letter(int letter, char quote) {
        switch (letter) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (letter == quote) {
                    out.append('\\').append(quote);
                } else if (isPrintable(letter)) {
                    out.appendCodePoint(letter);
                } else {
                    escaped(letter);
                }
            }
        }
    }

    private void escaped(int letter) {
        if (letter < 0x100) {
            out.append(String.format("\\x%02x", letter));
        } else if (letter < 0x10000) {
            out.append(String.format("\\u%04x", letter));
        } else {
            out.append(String.format("\\U%08x", letter));
        }
    }

    private static boolean isPrintable(int letter) {
        return letter == ' '
                || switch (Character.getType(letter)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR ->
                            false;
                    default -> true;
                };
    }
}
