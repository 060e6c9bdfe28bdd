package dev.ade.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a call was given. The helpers throw errors that the caller of the template understands.
public record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments EMPTY = new Arguments(List.of(), Map.of());

    public Arguments {
        positional = Collections.unmodifiableList(new ArrayList<>(positional));
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    public static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /// The argument at a position or of a name, or else the default.
    public Object get(int index, String name, Object otherwise) {
        if (index < positional.size()) {
            if (named.containsKey(name)) {
                throw new Problem("got multiple values for argument '" + name + "'");
            }
            return positional.get(index);
        }
        Object value = named.get(name);
        return value == null ? otherwise : value;
    }

    /// The argument at a position or of a name; an error where it was not given.
    public Object require(int index, String name) {
        if (index >= positional.size() && !named.containsKey(name)) {
            throw new Problem("missing argument '" + name + "'");
        }
        return get(index, name, None.NONE);
    }

    /// An error where more was given than arguments of these names in this order.
    public void allow(String... names) {
        if (positional.size() > names.length) {
            throw new Problem(
                    "takes at most "
                            + names.length
                            + " arguments, "
                            + positional.size()
                            + " were given");
        }
        List<String> known = List.of(names);
        for (String name : named.keySet()) {
            if (!known.contains(name)) {
                throw new Problem("got an unexpected keyword argument '" + name + "'");
            }
        }
    }
}
