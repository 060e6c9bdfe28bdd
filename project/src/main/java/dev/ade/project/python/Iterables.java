package dev.ade.project.python;

import dev.ade.jinja.Python;
import java.util.ArrayList;
import java.util.List;

/// What functions of Python's library go over.
public final class Iterables {
    private static final int ITEMS_MAX = 1_000_000;

    private Iterables() {}

    /// The items of a value, in a list of their own.
    public static List<Object> items(Object value) {
        List<Object> items = Python.items(value);
        requireFew(items.size());
        return new ArrayList<>(items);
    }

    static List<Object> with(List<Object> items, Object more) {
        List<Object> longer = new ArrayList<>(items);
        longer.add(more);
        return longer;
    }

    static void requireFew(int size) {
        if (size > ITEMS_MAX) {
            throw new IllegalArgumentException("more than %,d items".formatted(ITEMS_MAX));
        }
    }
}
