package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// `pprint`: what does not fit into 80 columns goes one item a line, dicts in order of their keys.
final class Pretty {
    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();

    private Pretty() {}

    static String of(Object value) {
        Pretty pretty = new Pretty();
        pretty.add(ordered(value), 0, 0);
        return pretty.out.toString();
    }

    /// Maps within with their keys in order, where they have one.
    private static Object ordered(Object value) {
        Budget.spend(1);
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new java.util.LinkedHashMap<>();
                List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
                entries.sort(Comparator.comparing(Map.Entry::getKey, Pretty::compareKeys));
                entries.forEach(entry -> copy.put(entry.getKey(), ordered(entry.getValue())));
                yield copy;
            }
            case List<?> items -> new ArrayList<>(items.stream().map(Pretty::ordered).toList());
            case Tuple(var items) -> new Tuple(items.stream().map(Pretty::ordered).toList());
            default -> value;
        };
    }

    private static int compareKeys(Object left, Object right) {
        try {
            return Python.compare(left, right);
        } catch (Problem _) {
            return Python.typeName(left).compareTo(Python.typeName(right));
        }
    }

    private void add(Object value, int column, int after) {
        String line = Python.repr(value);
        if (column + line.length() + after <= WIDTH) {
            out.append(line);
            return;
        }
        switch (value) {
            case Map<?, ?> map -> map(map, column + 1, after + 1);
            case List<?> items -> items("[", items, "]", column + 1, after + 1);
            case Tuple(var items) ->
                    items("(", items, items.size() == 1 ? ",)" : ")", column + 1, after + 1);
            default -> out.append(line);
        }
    }

    private void items(String begin, List<?> items, String end, int column, int after) {
        out.append(begin);
        int left = items.size();
        for (Object item : items) {
            left--;
            add(item, column, left == 0 ? after : 1);
            out.append(left == 0 ? end : ",\n" + " ".repeat(column));
            Budget.checkGrowing(out.length());
        }
    }

    private void map(Map<?, ?> map, int column, int after) {
        out.append('{');
        int left = map.size();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            left--;
            String key = Python.repr(entry.getKey()) + ": ";
            out.append(key);
            add(entry.getValue(), column + key.length(), left == 0 ? after : 1);
            out.append(left == 0 ? "}" : ",\n" + " ".repeat(column));
            Budget.checkGrowing(out.length());
        }
    }
}
