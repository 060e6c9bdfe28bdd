package dev.ade.jinja;

import java.util.ArrayList;
import java.util.List;

/// `value[start:stop:step]`.
final class Slices {
    private Slices() {}

    static Object slice(Object of, Object start, Object stop, Object step) {
        return switch (of) {
            case Undefined missing -> throw missing.error();
            case String text -> text(text, start, stop, step);
            case List<?> list -> items(list, start, stop, step);
            case Tuple(var items) -> new Tuple(items(items, start, stop, step));
            case Range range -> items(range.items(), start, stop, step);
            default -> throw new Problem("'" + Python.typeName(of) + "' object has no slices");
        };
    }

    private static Object text(String text, Object start, Object stop, Object step) {
        StringBuilder out = new StringBuilder();
        for (Object letter : items(Strings.letters(text), start, stop, step)) {
            out.append(letter);
        }
        return out.toString();
    }

    private static List<Object> items(List<?> items, Object start, Object stop, Object step) {
        int by = step == None.NONE ? 1 : Numbers.index(step);
        if (by == 0) {
            throw new Problem("slice step cannot be zero");
        }
        int size = items.size();
        long from = bound(start, by > 0 ? 0 : size - 1, size, by);
        long to = bound(stop, by > 0 ? size : -1, size, by);
        List<Object> out = new ArrayList<>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            out.add(items.get((int) i));
        }
        Budget.spend(out.size());
        return out;
    }

    private static long bound(Object given, long otherwise, int size, int by) {
        if (given == None.NONE) {
            return otherwise;
        }
        long index = Numbers.index(given);
        long place = index < 0 ? index + size : index;
        long low = by > 0 ? 0 : -1;
        long high = by > 0 ? size : size - 1L;
        return Math.clamp(place, low, Math.max(low, high));
    }
}
