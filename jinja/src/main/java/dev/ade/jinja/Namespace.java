package dev.ade.jinja;

import java.util.Map;

/// What `namespace()` gives: attributes that loops and macros can set.
final class Namespace implements Attributes {
    private final Map<Object, Object> values;

    private Namespace(Map<Object, Object> values) {
        this.values = values;
    }

    static Object of(Arguments arguments) {
        return new Namespace(Builtins.dict(arguments));
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    @Override
    public Object attribute(String name) {
        Object value = values.get(name);
        return value == null
                ? new Undefined(name, "'namespace object' has no attribute '" + name + "'")
                : value;
    }

    @Override
    public String toString() {
        return "<Namespace " + Python.repr(values) + ">";
    }
}
