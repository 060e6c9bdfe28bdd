package dev.ade.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions that Jinja2 has of its own.
final class Builtins {
    private static final Map<String, Callable> FUNCTIONS =
            Map.of(
                    "range", Range::of,
                    "dict", Builtins::dict,
                    "namespace", Namespace::of,
                    "cycler", Cycler::new,
                    "joiner", Builtins::joiner);

    private Builtins() {}

    static Object find(String name, Undefined missing) {
        Callable function = FUNCTIONS.get(name);
        return function == null ? missing : function;
    }

    static Map<Object, Object> dict(Arguments arguments) {
        if (arguments.positional().size() > 1) {
            throw new Problem(
                    "dict expected at most 1 argument, got " + arguments.positional().size());
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        if (!arguments.positional().isEmpty()) {
            update(map, arguments.positional().getFirst());
        }
        arguments.named().forEach(map::put);
        return map;
    }

    /// Adds the entries of a dict, or pairs.
    static void update(Map<Object, Object> map, Object more) {
        if (more instanceof Map<?, ?> other) {
            Budget.spend(other.size());
            other.forEach((key, value) -> map.put(Dicts.key(map, key), value));
            return;
        }
        if (more instanceof Undefined missing) {
            throw missing.error();
        }
        for (Object pair : Python.items(more)) {
            List<Object> items = Python.items(pair);
            if (items.size() != 2) {
                throw new Problem("a dict is made of pairs, was " + items.size() + " items");
            }
            map.put(Dicts.key(map, items.getFirst()), items.getLast());
        }
    }

    /// The only argument, a dict, as names.
    static Map<String, Object> named(Arguments given) {
        given.allow("mapping");
        Map<Object, Object> map = new LinkedHashMap<>();
        update(map, given.require(0, "mapping"));
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(Python.text(key), value));
        return named;
    }

    private static Object joiner(Arguments arguments) {
        arguments.allow("sep");
        Object separator = arguments.get(0, "sep", ", ");
        boolean[] used = {false};
        return (Callable)
                _ -> {
                    boolean first = !used[0];
                    used[0] = true;
                    return first ? "" : separator;
                };
    }

    /// What `cycler()` gives.
    private static final class Cycler implements Attributes {
        private final List<Object> items;
        private int position;

        Cycler(Arguments arguments) {
            items = arguments.positional();
            if (items.isEmpty()) {
                throw new Problem("at least one item has to be provided");
            }
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "next" -> (Callable) _ -> next();
                case "reset" ->
                        (Callable)
                                _ -> {
                                    position = 0;
                                    return None.NONE;
                                };
                default -> new Undefined(name, "'Cycler object' has no attribute '" + name + "'");
            };
        }

        private Object next() {
            Object item = items.get(position);
            position = (position + 1) % items.size();
            return item;
        }
    }
}
