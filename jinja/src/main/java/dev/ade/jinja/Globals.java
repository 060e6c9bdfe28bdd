package dev.ade.jinja;

import java.util.HashMap;
import java.util.Map;

/// The names that a template may use besides those it sets itself and Jinja2's own functions.
@FunctionalInterface
public interface Globals {
    /// The value, or an [Undefined] where there is none of that name.
    Object find(String name);

    /// A filter that is not one of Jinja2's: a [Callable] whose first argument is the value
    /// filtered. An [Undefined] where there is none of that name.
    default Object filter(String name) {
        return new Undefined(name);
    }

    static Globals of(Map<String, ?> names) {
        Map<String, Object> copy = new HashMap<>(names);
        return name -> {
            Object value = copy.get(name);
            return value == null ? new Undefined(name) : value;
        };
    }

    /// These, with more names that hide those of the same name here.
    default Globals with(Map<String, ?> more) {
        Globals outer = this;
        Globals inner = of(more);
        return new Globals() {
            @Override
            public Object find(String name) {
                Object value = inner.find(name);
                return value instanceof Undefined ? outer.find(name) : value;
            }

            @Override
            public Object filter(String name) {
                return outer.filter(name);
            }
        };
    }
}
