package dev.ade.ingest.rest;

import dev.ade.spi.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What is alike of everyone's `load:` of a known API: YAML files beside this class, with parameters. What the project
/// says itself goes before.
final class Templates {
    static final List<String> NAMES =
            List.of("github", "google_analytics", "hubspot", "mixpanel", "salesforce", "stripe");

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final List<String> LATER = List.of("since", "until");

    private final Connector.Request request;
    private final String name;
    private final Map<String, Object> parameters = new TreeMap<>();

    private Templates(Connector.Request request, String name) {
        this.request = request;
        this.name = name;
    }

    /// The settings of the request, with its template put in where it names one.
    static Map<String, Object> applied(Connector.Request request) {
        Map<String, Object> settings = request.settings();
        if (!(settings.get("rest") instanceof Map<?, ?> rest)) {
            return settings;
        }
        String name = String.valueOf(rest.get("template"));
        if (!NAMES.contains(name)) {
            throw request.wrong(
                    "there is no template %s".formatted(name),
                    "There are " + String.join(", ", NAMES));
        }
        return new Templates(request, name).apply(rest, settings);
    }

    private Map<String, Object> apply(Map<?, ?> rest, Map<String, Object> settings) {
        Map<String, Object> template = map(read(name));
        Map<String, Object> defaults = map(template.get("parameters"));
        defaults.forEach((key, value) -> {
            if (!value.equals("needed")) {
                parameters.put(key, value);
            }
        });
        rest.forEach((key, value) -> {
            String parameter = String.valueOf(key);
            if (!parameter.equals("template") && !defaults.containsKey(parameter)) {
                throw request.wrong(
                        "template %s has no parameter %s".formatted(name, parameter),
                        "Its parameters are "
                                + String.join(", ", new TreeSet<>(defaults.keySet())));
            }
            parameters.put(parameter, value == null ? "" : value);
        });
        requireUnwritten();
        Map<String, Object> resources = map(template.get("resources"));
        String resource = String.valueOf(parameters.getOrDefault("resource", ""));
        Map<String, Object> own = new LinkedHashMap<>(settings);
        own.remove("rest");
        Map<String, Object> all =
                over(over(map(template.get("load")), map(resources.get(resource))), own);
        return map(filled(all));
    }

    /// The other secrets have names that say so.
    private void requireUnwritten() {
        boolean isWritten =
                parameters.containsKey("key")
                        && request.load().settings().get("rest") instanceof Map<?, ?> written
                        && !String.valueOf(written.get("key")).contains("${");
        if (isWritten) {
            throw request.wrong(
                    "template %s needs key from the environment".formatted(name),
                    "Write key: ${ITS_NAME}");
        }
    }

    private static Object read(String name) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try (InputStream in = Templates.class.getResourceAsStream("templates/" + name + ".yml")) {
            if (in == null) {
                throw new IllegalStateException("template " + name + " is not there");
            }
            return new Load(settings).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> there) {
            there.forEach((key, one) -> {
                if (one != null) {
                    map.put(String.valueOf(key), one);
                }
            });
        }
        return map;
    }

    /// Maps key by key; everything else is replaced.
    private static Map<String, Object> over(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> all = new LinkedHashMap<>(below);
        above.forEach((key, value) -> {
            boolean isMerged =
                    value instanceof Map<?, ?>
                            && below.get(key) instanceof Map<?, ?>
                            && !key.equals("auth")
                            && !key.equals("pages");
            all.put(key, isMerged ? over(map(below.get(key)), map(value)) : value);
        });
        return all;
    }

    private Object filled(Object value) {
        return switch (value) {
            case String text -> filled(text);
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((key, one) -> filled.put(String.valueOf(key), filled(one)));
                yield filled;
            }
            case List<?> list -> {
                List<Object> filled = new ArrayList<>();
                list.forEach(one -> filled.add(filled(one)));
                yield filled;
            }
            default -> value;
        };
    }

    /// A text that is one parameter and no more has that parameter's value, list or map as it may be.
    private Object filled(String text) {
        Matcher found = PARAMETER.matcher(text);
        if (found.matches() && !LATER.contains(found.group(1))) {
            return parameter(found.group(1));
        }
        return found.replaceAll(part ->
                Matcher.quoteReplacement(
                        LATER.contains(part.group(1))
                                ? part.group()
                                : parameter(part.group(1)).toString()));
    }

    private Object parameter(String key) {
        Object value = parameters.get(key);
        if (value == null) {
            throw request.wrong(
                    "template %s needs %s".formatted(name, key),
                    "Write rest: {template: %s, %s: …}".formatted(name, key));
        }
        return value;
    }
}
