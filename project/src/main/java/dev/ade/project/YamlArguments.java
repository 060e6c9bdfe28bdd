package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Names and values as dbt takes them on a command line: a mapping in YAML.
public final class YamlArguments {
    private YamlArguments() {}

    /// @param option where they were given, for messages; values are never in them
    /// @throws AdeException USER where it is no mapping
    public static Map<String, Object> read(String option, String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        Object all;
        try {
            all = Yaml.parse(option, text).map(Yaml::plain).orElse(Map.of());
        } catch (AdeException e) {
            throw wrong(option).causedBy(e);
        }
        if (!(all instanceof Map<?, ?> map)) {
            throw wrong(option);
        }
        map.forEach((key, value) -> {
            if (value == null) {
                throw AdeException.user(
                        "Cannot read %s: '%s' has no value".formatted(option, key),
                        "Give it one, or leave it out");
            }
            values.put(String.valueOf(key), value);
        });
        return values;
    }

    private static AdeException wrong(String option) {
        return AdeException.user(
                "Cannot read %s: it is not a mapping in YAML".formatted(option),
                "Write it as %s '{name: value}'".formatted(option));
    }
}
