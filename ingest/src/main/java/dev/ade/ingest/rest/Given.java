package dev.ade.ingest.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings of one level, read key by key: what nobody asked for is wrong.
final class Given {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|[a-z]+)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB|kB|B)?");

    private final Connector.Request request;
    private final String name;
    private final Map<String, Object> settings;
    private final Set<String> asked = new HashSet<>();

    /// @param name of this level in messages
    Given(Connector.Request request, String name, Map<?, ?> settings) {
        this.request = request;
        this.name = name;
        this.settings = new LinkedHashMap<>();
        settings.forEach((key, value) -> {
            if (value != null) {
                this.settings.put(String.valueOf(key), value);
            }
        });
    }

    boolean has(String key) {
        asked.add(key);
        return settings.containsKey(key);
    }

    Optional<Object> value(String key) {
        asked.add(key);
        return Optional.ofNullable(settings.get(key));
    }

    Optional<String> text(String key) {
        return value(key)
                .map(value -> {
                    if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
                        throw wrong(key + " has to be a text", "Write " + key + ": text");
                    }
                    return value.toString();
                });
    }

    String needText(String key) {
        return text(key)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong(key + " is missing", "Add " + key + ": …"));
    }

    Optional<Given> section(String key) {
        return value(key)
                .map(value -> {
                    if (value instanceof Map<?, ?> map) {
                        return new Given(request, name + "." + key, map);
                    }
                    throw wrong(key + " has to be a map", "Write " + key + ": {…: …}");
                });
    }

    /// A map of texts, in the order in which it is written.
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        section(key)
                .ifPresent(section ->
                        section.settings
                                .keySet()
                                .forEach(inner ->
                                        section.text(inner)
                                                .ifPresent(text -> texts.put(inner, text))));
        return texts;
    }

    Map<String, JsonPath> paths(String key) {
        Map<String, JsonPath> paths = new LinkedHashMap<>();
        texts(key).forEach((column, text) -> paths.put(column, path(key, text)));
        return paths;
    }

    JsonPath needPath(String key) {
        return path(key, needText(key));
    }

    Optional<JsonPath> path(String key) {
        return text(key).map(text -> path(key, text));
    }

    private JsonPath path(String key, String text) {
        return JsonPath.parse(text)
                .orElseThrow(() ->
                        wrong(
                                "%s is no path, was '%s'".formatted(key, text),
                                "Write paths like paging.next or items[-1].id"));
    }

    boolean flag(String key) {
        return value(key)
                .map(value -> {
                    if (value instanceof Boolean flag) {
                        return flag;
                    }
                    throw wrong(key + " has to be true or false", "Write " + key + ": true");
                })
                .orElse(false);
    }

    long number(String key, long otherwise) {
        return text(key)
                .map(text -> {
                    try {
                        return Long.parseLong(text);
                    } catch (NumberFormatException e) {
                        throw wrong(
                                "%s has to be a whole number, was '%s'".formatted(key, text),
                                "Write " + key + ": " + otherwise);
                    }
                })
                .orElse(otherwise);
    }

    long positive(String key, long otherwise) {
        long number = number(key, otherwise);
        if (number < 1) {
            throw wrong("%s has to be 1 or more, was %d".formatted(key, number), "Raise it");
        }
        return number;
    }

    Duration duration(String key, Duration otherwise) {
        return text(key).map(text -> duration(key, text)).orElse(otherwise);
    }

    private Duration duration(String key, String text) {
        Matcher time = TIME.matcher(text.strip());
        if (time.matches()) {
            Optional<Duration> unit = unit(time.group(2));
            if (unit.isPresent()) {
                return unit.get().multipliedBy(Long.parseLong(time.group(1)));
            }
        }
        throw wrong(
                "%s has to be a time, was '%s'".formatted(key, text),
                "Write " + key + ": 30 seconds, or 1 hour, or 2 days");
    }

    static Optional<Duration> unit(String word) {
        return switch (word) {
            case "ms", "milliseconds" -> Optional.of(Duration.ofMillis(1));
            case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(1));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            default -> Optional.empty();
        };
    }

    /// A size as `64 MB`.
    long bytes(String key, long otherwise) {
        return text(key)
                .map(text -> {
                    Matcher size = SIZE.matcher(text.strip());
                    if (!size.matches()) {
                        throw wrong(
                                "%s has to be a size, was '%s'".formatted(key, text),
                                "Write " + key + ": 64 MB");
                    }
                    return Long.parseLong(size.group(1)) * factor(size.group(2));
                })
                .orElse(otherwise);
    }

    private static long factor(@org.jspecify.annotations.Nullable String unit) {
        return switch (unit) {
            case "KB", "kB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            case null, default -> 1;
        };
    }

    /// Fails where a key is there that no one asked for.
    void done() {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(asked);
        if (!unknown.isEmpty()) {
            throw wrong(
                    "there is no key " + unknown.iterator().next(),
                    "Its keys are " + String.join(", ", new TreeSet<>(asked)));
        }
    }

    /// The only key of a section, of several that exclude each other.
    String one(String... words) {
        String found = null;
        for (String word : words) {
            if (has(word)) {
                if (found != null) {
                    throw wrong("%s and %s are both there".formatted(found, word), "Keep one");
                }
                found = word;
            }
        }
        if (found == null) {
            throw wrong("it says nothing", "Write one of " + String.join(", ", words));
        }
        return found;
    }

    AdeException wrong(String reason, String next) {
        return AdeException.user(
                        "Cannot load %s: %s: %s".formatted(request.source().name(), name, reason),
                        next)
                .at(request.source().location());
    }
}
