package dev.ade.jinja;

import java.util.List;

/// What the filter `groupby` gives of each group: a pair with names.
record Group(Object grouper, List<Object> list) implements Attributes {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "grouper" -> grouper;
            case "list" -> list;
            default -> Undefined.attribute(pair(), name);
        };
    }

    Tuple pair() {
        return Tuple.of(grouper, list);
    }

    @Override
    public String toString() {
        return Python.repr(pair());
    }
}
