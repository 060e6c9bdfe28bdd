package dev.ade.project.table;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// agate's `MappedSequence`: values in order that may also have names. A row of a table, its rows, or its columns.
class Sequence extends AbstractList<Object> implements Attributes {
    private final List<String> names;
    private final List<Object> values;

    /// @param names one a value, or none at all
    Sequence(List<String> names, List<Object> values) {
        this.names = names;
        this.values = values;
    }

    /// The items of a list or tuple.
    static List<Object> items(Object value) {
        return switch (value) {
            case Tuple tuple -> tuple.items();
            case List<?> list -> new ArrayList<>(list);
            default ->
                    throw new IllegalArgumentException(
                            "a list is wanted, was " + Python.repr(value));
        };
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }

    /// The value of a name.
    Object find(String name) {
        int at = names.indexOf(name);
        return at < 0
                ? new Undefined(name, "there is no '%s' among %s".formatted(name, names))
                : values.get(at);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "values" -> (Callable) _ -> new Tuple(values);
            case "keys" -> (Callable) _ -> new Tuple(List.copyOf(names));
            case "items" -> (Callable) _ -> pairs();
            case "get" -> (Callable) this::get;
            case "dict" -> (Callable) _ -> dict();
            case "index", "count" -> new Undefined(name);
            default -> find(name);
        };
    }

    private Object get(Arguments arguments) {
        Object found = find(Python.text(arguments.require(0, "key")));
        return found instanceof Undefined ? arguments.get(1, "default", None.NONE) : found;
    }

    private List<Object> pairs() {
        List<Object> pairs = new ArrayList<>();
        dict().forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        return pairs;
    }

    private Map<Object, Object> dict() {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            dict.put(names.get(i), values.get(i));
        }
        return dict;
    }

    @Override
    public String toString() {
        return "<agate.%s: (%s)>"
                .formatted(
                        names.isEmpty() ? "MappedSequence" : "Row",
                        String.join(", ", values.stream().map(Python::repr).toList()));
    }
}
