package dev.ade.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that a template set, innermost first.
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Object> names = HashMap.newHashMap(4);

    private Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    static Scope root() {
        return new Scope(null);
    }

    Scope inner() {
        return new Scope(this);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    @Nullable Object find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object value = scope.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
