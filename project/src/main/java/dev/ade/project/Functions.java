package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.model.AdeException;
import dev.ade.project.python.Iterables;
import dev.ade.project.python.SetValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Functions of dbt's context that only look at what they are given.
final class Functions {
    static final Map<String, Callable> ALL =
            Map.ofEntries(
                    Map.entry("tojson", Functions::toJson),
                    Map.entry("fromjson", Functions::fromJson),
                    Map.entry("toyaml", Functions::toYaml),
                    Map.entry("fromyaml", Functions::fromYaml),
                    Map.entry("set", Functions::set),
                    Map.entry("set_strict", Functions::strictSet),
                    Map.entry("zip", Functions::zip),
                    Map.entry("zip_strict", Functions::strictZip),
                    Map.entry("local_md5", Functions::md5),
                    Map.entry("diff_of_two_dicts", Functions::difference));

    private Functions() {}

    private static Object toJson(Arguments arguments) {
        arguments.allow("value", "default", "sort_keys");
        Object value = arguments.require(0, "value");
        boolean isSorted = Python.isTrue(arguments.get(2, "sort_keys", false));
        return orElse(arguments, () -> Python.json(isSorted ? sorted(value) : value));
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> entries = new TreeMap<>();
                map.forEach((key, item) -> entries.put(Python.text(key), sorted(item)));
                yield new LinkedHashMap<Object, Object>(entries);
            }
            case List<?> list -> new ArrayList<>(list.stream().map(Functions::sorted).toList());
            default -> value;
        };
    }

    private static Object fromJson(Arguments arguments) {
        arguments.allow("string", "default");
        String text = Python.text(arguments.require(0, "string"));
        return orElse(arguments, () -> JsonText.parse(text));
    }

    private static Object toYaml(Arguments arguments) {
        arguments.allow("value", "default", "sort_keys");
        Object value = arguments.require(0, "value");
        boolean isSorted = Python.isTrue(arguments.get(2, "sort_keys", false));
        return orElse(arguments, () -> YamlText.of(isSorted ? sorted(value) : value));
    }

    private static Object fromYaml(Arguments arguments) {
        arguments.allow("value", "default");
        String text = Python.text(arguments.require(0, "value"));
        return orElse(
                arguments,
                () ->
                        Yaml.parse("fromyaml", text)
                                .map(Yaml::plain)
                                .map(Values::jinja)
                                .orElse(None.NONE));
    }

    /// The second argument where there is no first of its kind, as dbt has it; None where there is no second.
    private static Object orElse(Arguments arguments, Supplier<Object> value) {
        try {
            return value.get();
        } catch (AdeException | IllegalArgumentException _) {
            return arguments.get(1, "default", None.NONE);
        }
    }

    private static Object set(Arguments arguments) {
        arguments.allow("value", "default");
        return orElse(arguments, () -> strictSet(Arguments.of(arguments.require(0, "value"))));
    }

    private static Object strictSet(Arguments arguments) {
        return SetValue.of(Iterables.items(arguments.require(0, "value")));
    }

    private static Object zip(Arguments arguments) {
        Object otherwise = arguments.named().getOrDefault("default", None.NONE);
        try {
            return strictZip(arguments);
        } catch (IllegalArgumentException _) {
            return otherwise;
        }
    }

    private static Object strictZip(Arguments arguments) {
        List<List<Object>> lists = arguments.positional().stream().map(Iterables::items).toList();
        int size = lists.stream().mapToInt(List::size).min().orElse(0);
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int at = i;
            rows.add(new Tuple(lists.stream().map(list -> list.get(at)).toList()));
        }
        return rows;
    }

    private static Object md5(Arguments arguments) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(
                                            Python.text(arguments.require(0, "value"))
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Cannot hash: this Java has no MD5", e);
        }
    }

    /// Of lists by key, those values that only the first has.
    private static Object difference(Arguments arguments) {
        Map<Object, Object> difference = new LinkedHashMap<>();
        if (arguments.require(0, "dict_a") instanceof Map<?, ?> first
                && arguments.require(1, "dict_b") instanceof Map<?, ?> second) {
            first.forEach((key, values) -> {
                List<Object> left = Iterables.items(values);
                if (second.get(key) instanceof List<?> others) {
                    left.removeAll(others);
                }
                if (!left.isEmpty()) {
                    difference.put(key, left);
                }
            });
        }
        return difference;
    }
}
