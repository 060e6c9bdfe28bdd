package dev.ade.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Methods of Python's `dict`.
final class DictMethods {
    private DictMethods() {}

    @SuppressWarnings("unchecked") // a dict of a template holds any object
    static Object find(Map<?, ?> any, String name) {
        Map<Object, Object> map = (Map<Object, Object>) any;
        boolean whole = Set.of("items", "keys", "values", "copy", "popitem").contains(name);
        Budget.spend(whole ? map.size() : 1);
        return switch (name) {
            case "get" -> (Callable) given -> get(map, given);
            case "items" -> (Callable) _ -> new View("dict_items", pairs(map));
            case "keys" -> (Callable) _ -> new View("dict_keys", new ArrayList<>(map.keySet()));
            case "values" -> (Callable) _ -> new View("dict_values", values(map));
            case "update" -> (Callable) given -> update(map, given);
            case "pop" -> (Callable) given -> pop(map, given);
            case "popitem" -> (Callable) _ -> popItem(map);
            case "setdefault" -> (Callable) given -> setDefault(map, given);
            case "copy" -> (Callable) _ -> new LinkedHashMap<>(map);
            case "clear" -> (Callable) _ -> clear(map);
            default -> Undefined.attribute(map, name);
        };
    }

    private static List<Object> values(Map<Object, Object> map) {
        List<Object> values = new ArrayList<>(map.size());
        map.values().forEach(value -> values.add(Python.scalar(value)));
        return values;
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>(map.size());
        map.forEach((key, value) -> pairs.add(Tuple.of(key, Python.scalar(value))));
        return pairs;
    }

    private static Object get(Map<Object, Object> map, Arguments given) {
        given.allow("key", "default");
        Object value = map.get(Dicts.key(map, given.require(0, "key")));
        return value == null ? given.get(1, "default", None.NONE) : Python.scalar(value);
    }

    private static Object update(Map<Object, Object> map, Arguments given) {
        if (!given.positional().isEmpty()) {
            Builtins.update(map, given.positional().getFirst());
        }
        given.named().forEach(map::put);
        return None.NONE;
    }

    private static Object pop(Map<Object, Object> map, Arguments given) {
        given.allow("key", "default");
        Object key = given.require(0, "key");
        Object value = map.remove(Dicts.key(map, key));
        if (value != null) {
            return value;
        }
        if (given.positional().size() < 2 && !given.named().containsKey("default")) {
            throw new Problem("the dict has no key " + Python.repr(key));
        }
        return given.get(1, "default", None.NONE);
    }

    private static Object popItem(Map<Object, Object> map) {
        if (map.isEmpty()) {
            throw new Problem("popitem(): dictionary is empty");
        }
        Object last = List.copyOf(map.keySet()).getLast();
        Object value = map.get(last);
        map.remove(last);
        return Tuple.of(last, Python.scalar(value));
    }

    private static Object setDefault(Map<Object, Object> map, Arguments given) {
        given.allow("key", "default");
        Object key = Dicts.key(map, given.require(0, "key"));
        Object before = map.get(key);
        if (before != null) {
            return before;
        }
        Object value = given.get(1, "default", None.NONE);
        Budget.spend(1);
        map.put(key, value);
        return value;
    }

    private static Object clear(Map<Object, Object> map) {
        map.clear();
        return None.NONE;
    }
}
