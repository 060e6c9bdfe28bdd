package dev.ade.jinja;

import dev.ade.jinja.Filters.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Filters that look at the items one by one, and `default`.
final class SelectFilters {
    private SelectFilters() {}

    static Map<String, Filter> all() {
        return Map.of(
                "default", (_, input, given) -> otherwise(input, given),
                "d", (_, input, given) -> otherwise(input, given),
                "map", SelectFilters::map,
                "select", (evaluator, input, given) -> select(evaluator, input, given, true),
                "reject", (evaluator, input, given) -> select(evaluator, input, given, false),
                "selectattr", (evaluator, input, given) -> selectBy(evaluator, input, given, true),
                "rejectattr", (evaluator, input, given) -> selectBy(evaluator, input, given, false),
                "min", (_, input, given) -> extreme(input, given, -1),
                "max", (_, input, given) -> extreme(input, given, 1),
                "unique", (_, input, given) -> unique(input, given));
    }

    private static Object otherwise(Object input, Arguments given) {
        given.allow("default_value", "boolean");
        boolean falseToo = Python.isTrue(given.get(1, "boolean", false));
        boolean replaced = input instanceof Undefined || (falseToo && !Python.isTrue(input));
        return replaced ? given.get(0, "default_value", "") : input;
    }

    private static Object map(Evaluator evaluator, Object input, Arguments given) {
        UnaryOperator<Object> change =
                given.positional().isEmpty() && given.named().containsKey("attribute")
                        ? byAttribute(given)
                        : byFilter(evaluator, given);
        List<Object> out = new ArrayList<>();
        for (Object item : Python.items(input)) {
            out.add(change.apply(item));
        }
        return out;
    }

    private static UnaryOperator<Object> byAttribute(Arguments given) {
        for (String name : given.named().keySet()) {
            if (!name.equals("attribute") && !name.equals("default")) {
                throw new Problem("Unexpected keyword argument '" + name + "'");
            }
        }
        return Keys.path(
                given.require(0, "attribute"), given.named().getOrDefault("default", None.NONE));
    }

    private static UnaryOperator<Object> byFilter(Evaluator evaluator, Arguments given) {
        if (given.positional().isEmpty()) {
            throw new Problem("map requires a filter argument");
        }
        String filter = Python.text(given.positional().getFirst());
        Arguments rest = rest(given, 1);
        return item -> evaluator.filter(filter, item, rest);
    }

    private static Arguments rest(Arguments given, int from) {
        List<Object> all = given.positional();
        return new Arguments(all.subList(Math.min(from, all.size()), all.size()), given.named());
    }

    private static Object select(
            Evaluator evaluator, Object input, Arguments given, boolean wanted) {
        return selected(input, test(evaluator, given, 0), item -> item, wanted);
    }

    private static Object selectBy(
            Evaluator evaluator, Object input, Arguments given, boolean wanted) {
        UnaryOperator<Object> path = Keys.path(given.require(0, "attribute"));
        return selected(input, test(evaluator, given, 1), path, wanted);
    }

    private static Predicate<Object> test(Evaluator evaluator, Arguments given, int from) {
        if (given.positional().size() <= from) {
            return Python::isTrue;
        }
        String test = Python.text(given.positional().get(from));
        Arguments rest = rest(given, from + 1);
        return item -> Tests.test(test, item, rest, evaluator);
    }

    private static Object selected(
            Object input, Predicate<Object> test, UnaryOperator<Object> path, boolean wanted) {
        List<Object> out = new ArrayList<>();
        for (Object item : Python.items(input)) {
            if (test.test(path.apply(item)) == wanted) {
                out.add(item);
            }
        }
        return out;
    }

    private static Object extreme(Object input, Arguments given, int sign) {
        given.allow("case_sensitive", "attribute");
        UnaryOperator<Object> key = key(given);
        List<Object> items = Python.items(input);
        if (items.isEmpty()) {
            return new Undefined("item", "No aggregated item, sequence was empty.");
        }
        Object best = items.getFirst();
        for (Object item : items.subList(1, items.size())) {
            if (sign * Python.compare(key.apply(item), key.apply(best)) > 0) {
                best = item;
            }
        }
        return best;
    }

    private static UnaryOperator<Object> key(Arguments given) {
        return Keys.folded(
                Keys.path(given.get(1, "attribute", None.NONE)),
                given.get(0, "case_sensitive", false));
    }

    private static Object unique(Object input, Arguments given) {
        given.allow("case_sensitive", "attribute");
        UnaryOperator<Object> key = key(given);
        Map<Object, Object> seen = new java.util.LinkedHashMap<>();
        List<Object> out = new ArrayList<>();
        for (Object item : Python.items(input)) {
            if (seen.putIfAbsent(Dicts.key(seen, key.apply(item)), true) == null) {
                out.add(item);
            }
        }
        return out;
    }
}
