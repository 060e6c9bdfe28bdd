package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What dbt calls config: values from dbt_project.yml, from properties and from the file itself, later ones
/// winning. Tags and hooks add up.
final class Config {
    private final Location location;
    private final Map<String, @Nullable Object> values;

    Config(Location location, Map<String, ? extends @Nullable Object> values) {
        this.location = location;
        this.values = new LinkedHashMap<>(values);
    }

    Location location() {
        return location;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Config with(Map<String, ? extends @Nullable Object> later) {
        Config merged = new Config(location, values);
        later.forEach((key, value) -> {
            String hook = key.replace('-', '_');
            if (key.equals("tags")) {
                merged.values.put(key, tags(merged.values.get(key), value));
            } else if (hook.equals("pre_hook") || hook.equals("post_hook")) {
                merged.values.put(hook, together(merged.values.get(hook), value));
            } else if (key.equals("meta")) {
                merged.values.put(key, merged(merged.values.get(key), value));
            } else {
                merged.values.put(key, value);
            }
        });
        return merged;
    }

    /// With what properties say of a resource: dbt reads some keys beside `config:`, too.
    Config with(Section properties) {
        Map<String, @Nullable Object> beside = new LinkedHashMap<>();
        for (String key : List.of("tags", "meta")) {
            properties.plain(key).ifPresent(value -> beside.put(key, value));
        }
        Map<String, @Nullable Object> inside = new LinkedHashMap<>();
        if (properties.plain("config").orElse(Map.of()) instanceof Map<?, ?> config) {
            config.forEach((key, value) -> inside.put(String.valueOf(key), value));
        }
        return with(beside).with(inside);
    }

    /// Keys of both, the later winning.
    private static @Nullable Object merged(@Nullable Object first, @Nullable Object later) {
        if (!(first instanceof Map<?, ?> some) || !(later instanceof Map<?, ?> more)) {
            return later;
        }
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static List<String> tags(@Nullable Object first, @Nullable Object second) {
        return Stream.concat(listed(first).stream(), listed(second).stream()).distinct().toList();
    }

    /// Hooks of all levels are run, outer ones first.
    private static List<Object> together(@Nullable Object first, @Nullable Object second) {
        List<Object> all = new ArrayList<>();
        for (Object hooks : new @Nullable Object[] {first, second}) {
            if (hooks instanceof Collection<?> many) {
                all.addAll(many);
            } else if (hooks != null) {
                all.add(hooks);
            }
        }
        return all;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .map(value -> {
                    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
                        throw wrong(key, "a single value");
                    }
                    return value.toString();
                });
    }

    String word(String key, String otherwise) {
        return text(key).orElse(otherwise).strip().toLowerCase(Locale.ROOT);
    }

    List<String> texts(String key) {
        return listed(values.get(key));
    }

    boolean isOn(String key, boolean otherwise) {
        return text(key)
                .map(text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw wrong(key, "true or false");
                        })
                .orElse(otherwise);
    }

    int number(String key, int otherwise) {
        return text(key)
                .map(text -> {
                    try {
                        return Integer.valueOf(text.strip());
                    } catch (NumberFormatException e) {
                        throw wrong(key, "a whole number");
                    }
                })
                .orElse(otherwise);
    }

    @SuppressWarnings("unchecked")
    Map<String, @Nullable Object> mapping(String key) {
        return values.get(key) instanceof Map<?, ?> map
                ? (Map<String, @Nullable Object>) map
                : Map.of();
    }

    AdeException wrong(String key, String wanted) {
        return AdeException.user(
                        "Cannot use config %s: it must be %s, was '%s'"
                                .formatted(key, wanted, values.get(key)),
                        "Mend it and try again")
                .at(location);
    }

    private static List<String> listed(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> many) {
            List<String> texts = new ArrayList<>();
            many.forEach(one -> texts.add(String.valueOf(one)));
            return texts;
        }
        return List.of(value.toString());
    }
}
