package dev.ade.jinja;

import java.util.List;

/// What a dict's `keys()`, `values()` and `items()` give: iterable, no list.
record View(String type, List<Object> items) {
    @Override
    public String toString() {
        return type + "(" + Python.repr(items) + ")";
    }
}
