package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Methods of Python's `list` and `tuple`.
final class ListMethods {
    private ListMethods() {}

    static Object find(Tuple tuple, String name) {
        return switch (name) {
            case "count" -> (Callable) given -> count(tuple.items(), given);
            case "index" -> (Callable) given -> index(tuple.items(), given);
            default -> Undefined.attribute(tuple, name);
        };
    }

    @SuppressWarnings("unchecked") // a list of a template holds any object
    static Object find(List<?> any, String name) {
        List<Object> list = (List<Object>) any;
        return switch (name) {
            case "append" -> change(list, given -> list.add(given.require(0, "object")), "object");
            case "extend" ->
                    change(
                            list,
                            given -> list.addAll(Python.items(given.require(0, "iterable"))),
                            "iterable");
            case "insert" -> change(list, given -> insert(list, given), "index", "object");
            case "remove" -> change(list, given -> remove(list, given), "value");
            case "clear" -> change(list, _ -> list.clear());
            case "reverse" -> change(list, _ -> Collections.reverse(list));
            case "sort" -> change(list, given -> sort(list, given), "key", "reverse");
            case "pop" -> (Callable) given -> pop(list, given);
            case "copy" -> (Callable) _ -> new ArrayList<>(Python.items(list));
            case "count" -> (Callable) given -> count(list, given);
            case "index" -> (Callable) given -> index(list, given);
            default -> Undefined.attribute(list, name);
        };
    }

    /// What a method does that gives `None`.
    private interface Change {
        void apply(Arguments given);
    }

    private static Callable change(List<Object> list, Change change, String... names) {
        return given -> {
            given.allow(names);
            Budget.spend(1 + list.size() / 64);
            change.apply(given);
            return None.NONE;
        };
    }

    private static void insert(List<Object> list, Arguments given) {
        long index = Numbers.index(given.require(0, "index"));
        long place = index < 0 ? index + list.size() : index;
        list.add(Math.clamp(place, 0, list.size()), given.require(1, "object"));
    }

    private static void remove(List<Object> list, Arguments given) {
        int found = place(list, given.require(0, "value"));
        if (found < 0) {
            throw new Problem("list.remove(x): x not in list");
        }
        list.remove(found);
    }

    private static Object pop(List<Object> list, Arguments given) {
        given.allow("index");
        long index = Numbers.index(given.get(0, "index", -1L));
        if (list.isEmpty()) {
            throw new Problem("pop from empty list");
        }
        long place = index < 0 ? index + list.size() : index;
        if (place < 0 || place >= list.size()) {
            throw new Problem("pop index out of range");
        }
        return list.remove((int) place);
    }

    private static void sort(List<Object> list, Arguments given) {
        Object key = given.get(0, "key", None.NONE);
        Comparator<Object> order =
                key == None.NONE
                        ? Python::compare
                        : Comparator.comparing(
                                item -> Evaluator.call(key, Arguments.of(item)), Python::compare);
        boolean reverse = Python.isTrue(given.get(1, "reverse", false));
        list.sort(reverse ? order.reversed() : order);
    }

    private static Object count(List<Object> items, Arguments given) {
        given.allow("value");
        Object value = given.require(0, "value");
        return items.stream().filter(item -> Comparison.equal(item, value)).count();
    }

    private static Object index(List<Object> items, Arguments given) {
        given.allow("value", "start", "stop");
        Object value = given.require(0, "value");
        int start = bound(given.get(1, "start", 0L), items.size());
        int stop = bound(given.get(2, "stop", (long) items.size()), items.size());
        for (int i = start; i < stop; i++) {
            if (Comparison.equal(items.get(i), value)) {
                return (long) i;
            }
        }
        throw new Problem(Python.repr(value) + " is not in list");
    }

    private static int bound(Object given, int size) {
        long index = Numbers.index(given);
        return Math.clamp(index < 0 ? index + size : index, 0, size);
    }

    private static int place(List<Object> items, Object value) {
        for (int i = 0; i < items.size(); i++) {
            if (Comparison.equal(items.get(i), value)) {
                return i;
            }
        }
        return -1;
    }
}
