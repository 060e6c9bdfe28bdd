package dev.ade.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What filters look at of each item: `attribute='a.b'`, without regard to case.
final class Keys {
    private Keys() {}

    /// The attribute at a path of names and places; the item itself for `None`.
    static UnaryOperator<Object> path(Object attribute) {
        return path(attribute, None.NONE);
    }

    /// The same, with a default for what is undefined, unless that is `None`.
    static UnaryOperator<Object> path(Object attribute, Object otherwise) {
        List<Object> parts = parts(attribute);
        return item -> {
            Object value = item;
            for (Object part : parts) {
                value = Access.item(value, part);
                if (value instanceof Undefined && otherwise != None.NONE) {
                    value = otherwise;
                }
            }
            return value;
        };
    }

    private static List<Object> parts(Object attribute) {
        if (attribute == None.NONE) {
            return List.of();
        }
        if (!(attribute instanceof String text)) {
            return List.of(attribute);
        }
        List<Object> parts = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            boolean place =
                    !part.isEmpty()
                            && part.length() < 10
                            && part.chars().allMatch(c -> c >= '0' && c <= '9');
            parts.add(place ? (Object) Long.parseLong(part) : part);
        }
        return parts;
    }

    /// An error where it is missing.
    static UnaryOperator<Object> defined(UnaryOperator<Object> key) {
        return item -> {
            Object value = key.apply(item);
            if (value instanceof Undefined missing) {
                throw missing.error();
            }
            return value;
        };
    }

    /// Several attributes between commas, as a list.
    static UnaryOperator<Object> paths(Object attribute) {
        if (!(attribute instanceof String text) || text.indexOf(',') < 0) {
            return path(attribute);
        }
        List<UnaryOperator<Object>> paths = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            paths.add(path(part));
        }
        return item -> {
            List<Object> values = new ArrayList<>();
            paths.forEach(path -> values.add(path.apply(item)));
            return values;
        };
    }

    /// For comparing: in lower case unless case counts.
    static UnaryOperator<Object> folded(UnaryOperator<Object> key, Object caseSensitive) {
        return Python.isTrue(caseSensitive) ? key : item -> folded(key.apply(item));
    }

    private static Object folded(Object value) {
        Budget.spend(1);
        return switch (value) {
            case String text -> StringMethods.lower(text);
            case List<?> items -> {
                List<Object> folded = new ArrayList<>();
                items.forEach(item -> folded.add(folded((Object) item)));
                yield folded;
            }
            default -> value;
        };
    }
}
