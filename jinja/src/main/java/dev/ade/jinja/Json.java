package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Values as JSON, the way Python's `json.dumps` writes them.
final class Json {
    private static final int DEPTH_MAX = 500;

    private final StringBuilder out = new StringBuilder();
    private final boolean sorted;
    private final int indent;
    private int depth;

    private Json(boolean sorted, int indent) {
        this.sorted = sorted;
        this.indent = indent;
    }

    /// @param indent below 0 for one line
    static String sorted(Object value, int indent) {
        Json json = new Json(true, indent);
        json.add(value);
        return json.out.toString();
    }

    static String inOrder(Object value) {
        Json json = new Json(false, -1);
        json.add(value);
        return json.out.toString();
    }

    private void add(Object value) {
        switch (value) {
            case None _ -> out.append("null");
            case Boolean truth -> out.append(truth);
            case String text -> string(text);
            case Double real -> out.append(real(real));
            case Number number -> out.append(Python.text(number));
            case Tuple(var items) -> items(items);
            case List<?> items -> items(items);
            case Map<?, ?> map -> map(map);
            default ->
                    throw new Problem(
                            "Object of type "
                                    + Python.typeName(value)
                                    + " is not JSON serializable");
        }
        Budget.spend(1);
        Budget.checkGrowing(out.length());
    }

    private static String real(double real) {
        if (Double.isNaN(real)) {
            return "NaN";
        }
        if (Double.isInfinite(real)) {
            return real > 0 ? "Infinity" : "-Infinity";
        }
        return Numbers.text(real);
    }

    private void items(List<?> items) {
        open('[');
        boolean first = true;
        for (Object item : items) {
            separate(first);
            add(item);
            first = false;
        }
        close(']', items.isEmpty());
    }

    private void map(Map<?, ?> map) {
        open('{');
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (sorted) {
            entries.sort(Comparator.comparing(Map.Entry::getKey, Python::compare));
        }
        boolean first = true;
        for (Map.Entry<?, ?> entry : entries) {
            separate(first);
            string(key(entry.getKey()));
            out.append(": ");
            add(entry.getValue());
            first = false;
        }
        close('}', map.isEmpty());
    }

    private static String key(Object key) {
        return switch (key) {
            case None _ -> "null";
            case Boolean truth -> truth.toString();
            case String text -> text;
            case Number number -> Python.text(number);
            default ->
                    throw new Problem(
                            "keys must be str, int, float, bool or None, not "
                                    + Python.typeName(key));
        };
    }

    private void open(char bracket) {
        if (++depth > DEPTH_MAX) {
            throw new Problem("a value is more than " + DEPTH_MAX + " deep");
        }
        out.append(bracket);
    }

    private void separate(boolean first) {
        if (!first) {
            out.append(indent < 0 ? ", " : ",");
        }
        newLine();
    }

    private void newLine() {
        if (indent >= 0) {
            int width = Math.multiplyExact(indent, depth);
            Budget.spendText(width);
            out.append('\n').append(" ".repeat(width));
        }
    }

    private void close(char bracket, boolean empty) {
        depth--;
        if (!empty) {
            newLine();
        }
        out.append(bracket);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }
}
