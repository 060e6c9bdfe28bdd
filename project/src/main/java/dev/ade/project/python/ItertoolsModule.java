package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Python's module `itertools`, whose functions give lists here. Those without an end are not there.
final class ItertoolsModule implements Attributes {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "chain" -> new Chain();
            case "product" -> (Callable) ItertoolsModule::product;
            case "combinations" -> (Callable) arguments -> chosen(arguments, Choice.COMBINATIONS);
            case "combinations_with_replacement" ->
                    (Callable) arguments -> chosen(arguments, Choice.WITH_REPLACEMENT);
            case "permutations" -> (Callable) arguments -> chosen(arguments, Choice.PERMUTATIONS);
            case "islice" -> (Callable) ItertoolsModule::slice;
            case "zip_longest" -> (Callable) ItertoolsModule::zipped;
            case "groupby" -> (Callable) ItertoolsModule::grouped;
            case "accumulate" -> (Callable) ItertoolsModule::accumulated;
            case "repeat" -> (Callable) ItertoolsModule::repeated;
            case "starmap" -> (Callable) ItertoolsModule::starMapped;
            case "compress" -> (Callable) ItertoolsModule::compressed;
            case "pairwise" -> (Callable) ItertoolsModule::pairs;
            case "takewhile" -> (Callable) arguments -> whilst(arguments, true);
            case "dropwhile" -> (Callable) arguments -> whilst(arguments, false);
            case "filterfalse" -> (Callable) ItertoolsModule::rejected;
            default ->
                    new Undefined(
                            name, "itertools has no '" + name + "' that comes to an end here");
        };
    }

    private static final class Chain implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            return joined(arguments.positional());
        }

        @Override
        public Object attribute(String name) {
            return name.equals("from_iterable")
                    ? (Callable)
                            arguments -> joined(Iterables.items(arguments.require(0, "iterable")))
                    : new Undefined(name);
        }

        private static List<Object> joined(List<Object> lists) {
            List<Object> all = new ArrayList<>();
            lists.forEach(list -> all.addAll(Iterables.items(list)));
            return all;
        }
    }

    private static Object product(Arguments arguments) {
        int times = Numbers.integer(arguments.named().getOrDefault("repeat", 1L));
        List<List<Object>> lists = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            arguments.positional().forEach(list -> lists.add(Iterables.items(list)));
        }
        List<List<Object>> rows = List.of(List.of());
        for (List<Object> list : lists) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> row : rows) {
                for (Object item : list) {
                    longer.add(Iterables.with(row, item));
                }
                Iterables.requireFew(longer.size());
            }
            rows = longer;
        }
        return tuples(rows);
    }

    private static List<Object> tuples(List<List<Object>> rows) {
        return new ArrayList<>(rows.stream().<Object>map(Tuple::new).toList());
    }

    private enum Choice {
        COMBINATIONS,
        WITH_REPLACEMENT,
        PERMUTATIONS
    }

    private static Object chosen(Arguments arguments, Choice choice) {
        List<Object> items = Iterables.items(arguments.require(0, "iterable"));
        Object given = arguments.get(1, "r", None.NONE);
        int size = given == None.NONE ? items.size() : Numbers.integer(given);
        List<List<Object>> found = new ArrayList<>();
        choose(items, new ArrayList<>(), size, choice, found);
        return tuples(found);
    }

    /// @param places of the items chosen so far
    private static void choose(
            List<Object> items,
            List<Integer> places,
            int size,
            Choice choice,
            List<List<Object>> found) {
        if (places.size() == size) {
            found.add(places.stream().map(items::get).toList());
            Iterables.requireFew(found.size());
            return;
        }
        int last = places.isEmpty() ? -1 : places.getLast();
        int from =
                switch (choice) {
                    case COMBINATIONS -> last + 1;
                    case WITH_REPLACEMENT -> Math.max(last, 0);
                    case PERMUTATIONS -> 0;
                };
        for (int i = from; i < items.size(); i++) {
            if (choice != Choice.PERMUTATIONS || !places.contains(i)) {
                places.add(i);
                choose(items, places, size, choice, found);
                places.removeLast();
            }
        }
    }

    private static Object slice(Arguments arguments) {
        List<Object> items = Iterables.items(arguments.require(0, "iterable"));
        List<Object> given = arguments.positional();
        int from = given.size() > 2 ? orElse(given.get(1), 0) : 0;
        int to = orElse(given.size() > 2 ? given.get(2) : given.get(1), items.size());
        int step = given.size() > 3 ? orElse(given.get(3), 1) : 1;
        List<Object> slice = new ArrayList<>();
        for (int i = from; i < Math.min(to, items.size()); i += Math.max(step, 1)) {
            slice.add(items.get(i));
        }
        return slice;
    }

    private static int orElse(Object value, int otherwise) {
        return value == None.NONE ? otherwise : Numbers.integer(value);
    }

    private static Object zipped(Arguments arguments) {
        Object fill = arguments.named().getOrDefault("fillvalue", None.NONE);
        List<List<Object>> lists = arguments.positional().stream().map(Iterables::items).toList();
        int size = lists.stream().mapToInt(List::size).max().orElse(0);
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int at = i;
            rows.add(
                    new Tuple(
                            lists.stream()
                                    .map(list -> at < list.size() ? list.get(at) : fill)
                                    .toList()));
        }
        return rows;
    }

    private static Object grouped(Arguments arguments) {
        Object key = arguments.get(1, "key", None.NONE);
        List<Object> groups = new ArrayList<>();
        Optional<Object> last = Optional.empty();
        List<Object> group = new ArrayList<>();
        for (Object item : Iterables.items(arguments.require(0, "iterable"))) {
            Object value =
                    key instanceof Callable function ? function.call(Arguments.of(item)) : item;
            if (last.isEmpty() || !Python.equal(last.get(), value)) {
                group = new ArrayList<>();
                groups.add(Tuple.of(value, group));
                last = Optional.of(value);
            }
            group.add(item);
        }
        return groups;
    }

    private static Object accumulated(Arguments arguments) {
        Object function = arguments.get(1, "func", None.NONE);
        List<Object> sums = new ArrayList<>();
        for (Object item : Iterables.items(arguments.require(0, "iterable"))) {
            sums.add(sums.isEmpty() ? item : sum(function, sums.getLast(), item));
        }
        return sums;
    }

    private static Object sum(Object function, Object left, Object right) {
        if (function instanceof Callable given) {
            return given.call(Arguments.of(left, right));
        }
        return left instanceof Long one && right instanceof Long other
                ? (Object) Math.addExact(one, other)
                : (Object) (Numbers.real(left) + Numbers.real(right));
    }

    private static Object repeated(Arguments arguments) {
        int times = Numbers.integer(arguments.require(1, "times"));
        Iterables.requireFew(times);
        return new ArrayList<>(
                Collections.nCopies(Math.max(times, 0), arguments.require(0, "object")));
    }

    private static Object starMapped(Arguments arguments) {
        Callable function = function(arguments, "function");
        List<Object> results = new ArrayList<>();
        Iterables.items(arguments.require(1, "iterable"))
                .forEach(row ->
                        results.add(
                                function.call(
                                        new Arguments(Iterables.items(row), java.util.Map.of()))));
        return results;
    }

    private static Callable function(Arguments arguments, String name) {
        return arguments.require(0, name) instanceof Callable function
                ? function
                : _ -> {
                    throw new IllegalArgumentException(name + " must be a macro or function");
                };
    }

    private static Object compressed(Arguments arguments) {
        List<Object> items = Iterables.items(arguments.require(0, "data"));
        List<Object> selectors = Iterables.items(arguments.require(1, "selectors"));
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < Math.min(items.size(), selectors.size()); i++) {
            if (Python.isTrue(selectors.get(i))) {
                kept.add(items.get(i));
            }
        }
        return kept;
    }

    private static Object pairs(Arguments arguments) {
        List<Object> items = Iterables.items(arguments.require(0, "iterable"));
        List<Object> pairs = new ArrayList<>();
        for (int i = 1; i < items.size(); i++) {
            pairs.add(Tuple.of(items.get(i - 1), items.get(i)));
        }
        return pairs;
    }

    private static Object whilst(Arguments arguments, boolean isTaken) {
        Callable test = function(arguments, "predicate");
        List<Object> items = Iterables.items(arguments.require(1, "iterable"));
        int end = 0;
        while (end < items.size() && Python.isTrue(test.call(Arguments.of(items.get(end))))) {
            end++;
        }
        return new ArrayList<>(isTaken ? items.subList(0, end) : items.subList(end, items.size()));
    }

    private static Object rejected(Arguments arguments) {
        Callable test = function(arguments, "predicate");
        List<Object> kept = new ArrayList<>(Iterables.items(arguments.require(1, "iterable")));
        kept.removeIf(item -> Python.isTrue(test.call(Arguments.of(item))));
        return kept;
    }
}
