package dev.ade.jinja;

import java.util.List;
import java.util.Map;

/// `value.name` and `value[key]`.
final class Access {
    private Access() {}

    static Object attribute(Object of, String name) {
        Object method = method(of, name);
        if (!(method instanceof Undefined)) {
            return method;
        }
        if (of instanceof Map<?, ?> map) {
            Object value = map.get(name);
            return value == null ? method : Python.scalar(value);
        }
        return method;
    }

    /// What it has by that name besides its items: an attribute, or else a method of its kind.
    static Object method(Object of, String name) {
        if (of instanceof Attributes object) {
            Object attribute = Python.scalar(object.attribute(name));
            boolean hasMethods = of instanceof List || of instanceof Map;
            if (!(attribute instanceof Undefined) || !hasMethods) {
                return attribute;
            }
        }
        return switch (of) {
            case Undefined missing -> throw missing.error();
            case String text -> StringMethods.find(text, name);
            case List<?> list -> ListMethods.find(list, name);
            case Tuple tuple -> ListMethods.find(tuple, name);
            case Map<?, ?> map -> DictMethods.find(map, name);
            default -> Undefined.attribute(of, name);
        };
    }

    static Object item(Object of, Object key) {
        if (of instanceof Undefined missing) {
            throw missing.error();
        }
        Object item = itemOnly(of, key);
        if (item instanceof Undefined && key instanceof String name) {
            Object method = method(of, name);
            return method instanceof Undefined ? item : method;
        }
        return item;
    }

    private static Object itemOnly(Object of, Object key) {
        return switch (of) {
            case Group group -> itemOnly(group.pair(), key);
            case Map<?, ?> map when key instanceof List || key instanceof Map -> missing(map, key);
            case Map<?, ?> map -> {
                Object value = map.get(Dicts.key(map, key));
                yield value == null ? missing(of, key) : Python.scalar(value);
            }
            case List<?> list when Numbers.isInteger(key) -> at(of, list, key);
            case Tuple(var items) when Numbers.isInteger(key) -> at(of, items, key);
            case Range range when Numbers.isInteger(key) -> at(of, range, key);
            case String text when Numbers.isInteger(key) -> letter(text, key);
            default -> missing(of, key);
        };
    }

    private static Object at(Object of, List<?> items, Object key) {
        long index = index(key, items.size());
        return index < 0 ? missing(of, key) : Python.scalar(items.get((int) index));
    }

    private static Object at(Object of, Range range, Object key) {
        long index = index(key, range.size());
        return index < 0 ? missing(of, key) : (Object) (range.start() + index * range.step());
    }

    private static Object letter(String text, Object key) {
        Budget.spend(text.length() / 64);
        long index = index(key, Strings.length(text));
        return index < 0 ? missing(text, key) : Strings.slice(text, (int) index, (int) index + 1);
    }

    /// From the start, or -1 where it is outside.
    private static long index(Object key, long size) {
        long index = Numbers.index(key);
        long place = index < 0 ? index + size : index;
        return place < size ? Math.max(place, -1) : -1;
    }

    private static Undefined missing(Object of, Object key) {
        if (key instanceof String name) {
            return Undefined.attribute(of, name);
        }
        String type = of instanceof None ? "None" : Python.typeName(of) + " object";
        return new Undefined(Python.text(key), type + " has no element " + Python.repr(key));
    }
}
