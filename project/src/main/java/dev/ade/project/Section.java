package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// One mapping of a YAML file, read key by key in the types that are wanted. What nobody asked for in the
/// end is a warning, so that a misspelt key does not pass in silence. Thread-safe.
final class Section {
    private final Yaml.Entries entries;
    private final YamlContext context;
    private final Set<String> known = Collections.synchronizedSet(new HashSet<>());

    Section(Yaml.Entries entries, YamlContext context) {
        this.entries = entries;
        this.context = context;
    }

    static Section of(Yaml yaml, YamlContext context, String what) {
        if (yaml instanceof Yaml.Entries entries) {
            return new Section(entries, context);
        }
        throw wrong(what, "a mapping", yaml);
    }

    Location location() {
        return entries.location();
    }

    YamlContext context() {
        return context;
    }

    /// All of it.
    Yaml whole() {
        return entries;
    }

    Set<String> keys() {
        return entries.entries().keySet();
    }

    Optional<Yaml> value(String key) {
        known.add(key);
        return Optional.ofNullable(entries.entries().get(key))
                .filter(yaml -> !(yaml instanceof Yaml.Scalar scalar && scalar.value() == null));
    }

    boolean has(String key) {
        return entries.entries().containsKey(key);
    }

    Optional<String> text(String key) {
        return value(key).map(yaml -> text(key, yaml));
    }

    String requireText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /// One text, or a list of them.
    List<String> texts(String key) {
        return value(key).map(yaml -> texts(key, yaml)).orElse(List.of());
    }

    Optional<Boolean> flag(String key) {
        return value(key)
                .map(yaml ->
                        switch (text(key, yaml).toLowerCase(Locale.ROOT)) {
                            case "true", "yes", "on" -> true;
                            case "false", "no", "off" -> false;
                            default -> throw wrong(key, "true or false", yaml);
                        });
    }

    Optional<Long> integer(String key) {
        return value(key).map(yaml -> read(key, "a whole number", yaml, Long::valueOf));
    }

    Optional<Double> number(String key) {
        return value(key).map(yaml -> read(key, "a number", yaml, Double::valueOf));
    }

    Optional<Section> section(String key) {
        return value(key).map(yaml -> of(yaml, context, key));
    }

    /// The mappings in a list; none where the key is not there.
    List<Section> sections(String key) {
        return items(key).stream().map(item -> of(item, context, key)).toList();
    }

    List<Yaml> items(String key) {
        return value(key)
                .map(yaml -> {
                    if (yaml instanceof Yaml.Items items) {
                        return items.items();
                    }
                    throw wrong(key, "a list", yaml);
                })
                .orElse(List.of());
    }

    /// The value as Java values, its texts rendered.
    Optional<Object> plain(String key) {
        return value(key).map(yaml -> Optional.ofNullable(context.plain(yaml)).orElse(""));
    }

    /// The value as Java values, its texts as they are written.
    Optional<Object> raw(String key) {
        return value(key).map(yaml -> Optional.ofNullable(yaml.plain()).orElse(""));
    }

    /// Keys that ADE understands but has no use for.
    void ignore(String... keys) {
        known.addAll(List.of(keys));
    }

    /// Warns of keys that nobody asked for.
    void done(String what) {
        entries.entries()
                .forEach((key, value) -> {
                    if (!known.contains(key)) {
                        context.warn(
                                "%s: '%s' is not something ADE knows of %s%s"
                                        .formatted(value.location(), key, what, hint(key)));
                    }
                });
    }

    /// Refuses keys that nobody asked for: of what decides how data is taken in, a misspelt key is no small thing.
    void requireDone(String what) {
        entries.entries()
                .forEach((key, value) -> {
                    if (!known.contains(key)) {
                        throw unknown(key, value, what);
                    }
                });
    }

    /// Refuses keys that nobody asked for where they seem to mean this one.
    void requireSpelt(String wanted, String what) {
        entries.entries()
                .forEach((key, value) -> {
                    if (!known.contains(key) && meant(key).filter(wanted::equals).isPresent()) {
                        throw unknown(key, value, what);
                    }
                });
    }

    private AdeException unknown(String key, Yaml value, String what) {
        return AdeException.user(
                        "Cannot read '%s': it is not something ADE knows of %s"
                                .formatted(key, what),
                        meant(key)
                                .map("Did you mean '%s'?"::formatted)
                                .orElse("Correct it, or take it out"))
                .at(value.location());
    }

    private String hint(String key) {
        return meant(key).map("; did you mean '%s'?"::formatted).orElse("");
    }

    /// A key that could have been meant and is not there.
    private Optional<String> meant(String key) {
        Set<String> free = new HashSet<>();
        synchronized (known) {
            free.addAll(known);
        }
        free.removeAll(keys());
        return Near.of(key.toLowerCase(Locale.ROOT), free);
    }

    AdeException missing(String key) {
        return AdeException.user(
                        "Cannot read %s: '%s' is missing".formatted(location().file(), key),
                        "Add " + key + ": …")
                .at(location());
    }

    AdeException wrong(String key, String wanted) {
        return wrong(key, wanted, Optional.ofNullable(entries.entries().get(key)).orElse(entries));
    }

    /// Runs `read` and blames this place for what it throws without one.
    <T> T here(Supplier<T> read) {
        try {
            return read.get();
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location()) : e;
        }
    }

    String text(String key, Yaml yaml) {
        if (yaml instanceof Yaml.Scalar scalar) {
            return context.render(scalar.text(), scalar.location());
        }
        throw wrong(key, "a single value", yaml);
    }

    List<String> texts(String key, Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar _ -> List.of(text(key, yaml));
            case Yaml.Items items -> items.items().stream().map(item -> text(key, item)).toList();
            case Yaml.Entries _ -> throw wrong(key, "a value or a list of values", yaml);
        };
    }

    private <T> T read(String key, String wanted, Yaml yaml, Function<String, T> parse) {
        try {
            return parse.apply(text(key, yaml).replace("_", ""));
        } catch (NumberFormatException e) {
            throw wrong(key, wanted, yaml);
        }
    }

    static AdeException wrong(String key, String wanted, Yaml yaml) {
        String was =
                switch (yaml) {
                    case Yaml.Scalar scalar -> "'" + scalar.text() + "'";
                    case Yaml.Items _ -> "a list";
                    case Yaml.Entries _ -> "a mapping";
                };
        return AdeException.user(
                        "Cannot read '%s': it must be %s, was %s".formatted(key, wanted, was),
                        "Mend it and try again")
                .at(yaml.location());
    }
}
