package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Python's tuple.
public record Tuple(List<Object> items) {
    public Tuple {
        items = Collections.unmodifiableList(new ArrayList<>(items));
    }

    public static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }

    @Override
    public String toString() {
        return Python.repr(this);
    }
}
