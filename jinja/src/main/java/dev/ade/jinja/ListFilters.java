package dev.ade.jinja;

import dev.ade.jinja.Filters.Filter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Filters that take the items of a value as a whole.
final class ListFilters {
    private ListFilters() {}

    static Map<String, Filter> all() {
        return Map.ofEntries(
                Map.entry("list", (_, input, given) -> list(input, given)),
                Map.entry("length", (_, input, given) -> length(input, given)),
                Map.entry("count", (_, input, given) -> length(input, given)),
                Map.entry("first", (_, input, given) -> first(input, given)),
                Map.entry("last", (_, input, given) -> last(input, given)),
                Map.entry("random", (_, _, _) -> random()),
                Map.entry("join", (_, input, given) -> join(input, given)),
                Map.entry("reverse", (_, input, given) -> reverse(input, given)),
                Map.entry("sort", (_, input, given) -> sort(input, given)),
                Map.entry("dictsort", (_, input, given) -> sortPairs(input, given)),
                Map.entry("items", (_, input, given) -> pairs(input, given)),
                Map.entry("groupby", (_, input, given) -> groups(input, given)),
                Map.entry("batch", (_, input, given) -> batch(input, given)),
                Map.entry("slice", (_, input, given) -> slice(input, given)),
                Map.entry("sum", (_, input, given) -> sum(input, given)),
                Map.entry("attr", (_, input, given) -> attribute(input, given)));
    }

    private static Object list(Object input, Arguments given) {
        given.allow();
        return new ArrayList<>(Python.items(input));
    }

    private static Object length(Object input, Arguments given) {
        given.allow();
        return Python.length(input);
    }

    private static Object first(Object input, Arguments given) {
        given.allow();
        List<Object> items = Python.items(input);
        return items.isEmpty()
                ? new Undefined("first", "No first item, sequence was empty.")
                : items.getFirst();
    }

    private static Object last(Object input, Arguments given) {
        given.allow();
        List<Object> items = Python.items(input);
        return items.isEmpty()
                ? new Undefined("last", "No last item, sequence was empty.")
                : items.getLast();
    }

    private static Object random() {
        throw new Problem("the filter 'random' is not supported: each run must give the same");
    }

    private static Object join(Object input, Arguments given) {
        given.allow("d", "attribute");
        String separator = Python.text(given.get(0, "d", ""));
        UnaryOperator<Object> path = Keys.path(given.get(1, "attribute", None.NONE));
        StringBuilder out = new StringBuilder();
        String between = "";
        for (Object item : Python.items(input)) {
            out.append(between).append(Python.text(path.apply(item)));
            Budget.checkGrowing(out.length());
            between = separator;
        }
        Budget.spendText(out.length());
        return out.toString();
    }

    private static Object reverse(Object input, Arguments given) {
        given.allow();
        List<Object> items = new ArrayList<>(Python.items(input));
        Collections.reverse(items);
        if (!(input instanceof String)) {
            return items;
        }
        StringBuilder out = new StringBuilder();
        items.forEach(out::append);
        return out.toString();
    }

    private static Object sort(Object input, Arguments given) {
        given.allow("reverse", "case_sensitive", "attribute");
        UnaryOperator<Object> key =
                Keys.folded(
                        Keys.paths(given.get(2, "attribute", None.NONE)),
                        given.get(1, "case_sensitive", false));
        return sorted(Python.items(input), key, given.get(0, "reverse", false));
    }

    private static List<Object> sorted(
            List<Object> items, UnaryOperator<Object> key, Object reverse) {
        List<Object> sorted = new ArrayList<>(items);
        Comparator<Object> order = Comparator.comparing(key, ListFilters::compare);
        sorted.sort(Python.isTrue(reverse) ? order.reversed() : order);
        return sorted;
    }

    /// What is missing everywhere is in order.
    private static int compare(Object left, Object right) {
        boolean missing = left instanceof Undefined && right instanceof Undefined;
        return missing ? 0 : Python.compare(left, right);
    }

    private static Object sortPairs(Object input, Arguments given) {
        given.allow("case_sensitive", "by", "reverse");
        if (!(input instanceof Map<?, ?> map)) {
            throw input instanceof Undefined missing
                    ? missing.error()
                    : new Problem("dictsort needs a dict, was " + Python.typeName(input));
        }
        long place =
                switch (Python.text(given.get(1, "by", "key"))) {
                    case "key" -> 0;
                    case "value" -> 1;
                    default ->
                            throw new Problem("You can only sort by either \"key\" or \"value\"");
                };
        UnaryOperator<Object> key =
                Keys.folded(Keys.path(place), given.get(0, "case_sensitive", false));
        return sorted(DictMethods.pairs(map), key, given.get(2, "reverse", false));
    }

    private static Object pairs(Object input, Arguments given) {
        given.allow();
        return switch (input) {
            case Undefined _ -> new ArrayList<>();
            case Map<?, ?> map -> DictMethods.pairs(map);
            default -> throw new Problem("Can only get item pairs from a mapping.");
        };
    }

    private static Object groups(Object input, Arguments given) {
        given.allow("attribute", "default", "case_sensitive");
        UnaryOperator<Object> exact =
                Keys.path(given.require(0, "attribute"), given.get(1, "default", None.NONE));
        UnaryOperator<Object> key = Keys.folded(exact, given.get(2, "case_sensitive", false));
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        List<Object> items = Python.items(input);
        for (Object item : items.size() > 1 ? sorted(items, Keys.defined(key), false) : items) {
            if (!group.isEmpty()
                    && !Comparison.equal(key.apply(group.getFirst()), key.apply(item))) {
                groups.add(new Group(exact.apply(group.getFirst()), group));
                group = new ArrayList<>();
            }
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(new Group(exact.apply(group.getFirst()), group));
        }
        return groups;
    }

    private static Object batch(Object input, Arguments given) {
        given.allow("linecount", "fill_with");
        int size = Math.max(Numbers.index(given.require(0, "linecount")), 1);
        Object fill = given.get(1, "fill_with", None.NONE);
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Python.items(input)) {
            if (batch.size() == size) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            while (fill != None.NONE && batch.size() < size) {
                Budget.spend(1);
                batch.add(fill);
            }
            batches.add(batch);
        }
        return batches;
    }

    private static Object slice(Object input, Arguments given) {
        given.allow("slices", "fill_with");
        List<Object> items = Python.items(input);
        int slices = Numbers.index(given.require(0, "slices"));
        if (slices <= 0) {
            throw new Problem("integer division or modulo by zero");
        }
        Budget.spend(slices);
        Object fill = given.get(1, "fill_with", None.NONE);
        int each = items.size() / slices;
        int longer = items.size() % slices;
        List<Object> all = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < slices; i++) {
            int end = start + each + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(start, end));
            if (fill != None.NONE && i >= longer) {
                slice.add(fill);
            }
            all.add(slice);
            start = end;
        }
        return all;
    }

    private static Object sum(Object input, Arguments given) {
        given.allow("attribute", "start");
        UnaryOperator<Object> path = Keys.path(given.get(0, "attribute", None.NONE));
        Object sum = given.get(1, "start", 0L);
        for (Object item : Python.items(input)) {
            sum = Operators.apply(Expr.Operator.ADD, sum, path.apply(item));
        }
        return sum;
    }

    private static Object attribute(Object input, Arguments given) {
        given.allow("name");
        String name = Python.text(given.require(0, "name"));
        return Access.method(input, name);
    }
}
