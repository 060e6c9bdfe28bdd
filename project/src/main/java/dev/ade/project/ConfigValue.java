package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `config`: called, it notes what a file says of itself; asked, it tells what is known.
///
/// @param configured where it notes
record ConfigValue(Config known, Map<String, @Nullable Object> configured)
        implements Callable, Attributes {
    @Override
    public Object call(Arguments arguments) {
        for (Object argument : arguments.positional()) {
            if (!(argument instanceof Map<?, ?> map)) {
                throw AdeException.user(
                        "Cannot use config(…): it takes names and values",
                        "Write {{ config(materialized='table') }}");
            }
            map.forEach((key, value) -> configured.put(String.valueOf(key), Values.plain(value)));
        }
        arguments.named().forEach((key, value) -> configured.put(key, Values.plain(value)));
        return "";
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "get" ->
                    (Callable)
                            arguments ->
                                    value(wanted(arguments), () -> fallback(arguments, None.NONE));
            case "require" ->
                    (Callable)
                            arguments ->
                                    value(
                                            wanted(arguments),
                                            () -> {
                                                throw missing(wanted(arguments));
                                            });
            case "meta_get" ->
                    (Callable)
                            arguments -> {
                                Object found =
                                        value("meta", () -> None.NONE) instanceof Map<?, ?> meta
                                                ? meta.get(wanted(arguments))
                                                : null;
                                return found == null ? fallback(arguments, None.NONE) : found;
                            };
            case "set" ->
                    (Callable)
                            arguments -> {
                                configured.put(
                                        wanted(arguments),
                                        Values.plain(arguments.require(1, "value")));
                                return "";
                            };
            case "persist_relation_docs", "persist_column_docs" -> (Callable) _ -> false;
            default -> value(name, () -> new Undefined(name));
        };
    }

    private static String wanted(Arguments arguments) {
        return String.valueOf(arguments.require(0, "name"));
    }

    private static Object fallback(Arguments arguments, Object otherwise) {
        return arguments.get(1, "default", otherwise);
    }

    private static AdeException missing(String wanted) {
        return AdeException.user(
                "Cannot do without config '%s'".formatted(wanted), "Add it to config(…)");
    }

    private Object value(String name, Supplier<Object> otherwise) {
        if (configured.containsKey(name)) {
            return Values.jinja(configured.get(name));
        }
        return known.values().containsKey(name)
                ? Values.jinja(known.values().get(name))
                : otherwise.get();
    }
}
