package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What YAML files are read with: the names their Jinja may use, and where warnings go.
final class YamlContext {
    private static final int WARNINGS_MAX = 1_000;

    private final Globals globals;
    private final Map<String, Object> defined = new HashMap<>();
    private final List<String> warnings;

    YamlContext(Globals globals, List<String> warnings) {
        this.globals = globals;
        this.warnings = warnings;
    }

    /// Makes a name known to all that is read from now on.
    void define(String name, Object value) {
        defined.put(name, value);
    }

    void warn(String text) {
        if (warnings.size() < WARNINGS_MAX) {
            warnings.add(text);
        }
    }

    /// Text with its Jinja rendered. Most text has none.
    String render(String text, Location location) {
        if (!text.contains("{{") && !text.contains("{%")) {
            return text;
        }
        try {
            return Template.parse(location.file(), text).render(this::find, Limits.DEFAULT);
        } catch (AdeException e) {
            throw e.at(location);
        }
    }

    private Object find(String name) {
        Object value = defined.get(name);
        return value != null ? value : globals.find(name);
    }

    @Nullable Object plain(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar ->
                    scalar.value() instanceof String text
                            ? render(text, scalar.location())
                            : scalar.value();
            case Yaml.Items items -> {
                List<@Nullable Object> plain = new ArrayList<>();
                items.items().forEach(item -> plain.add(plain(item)));
                yield plain;
            }
            case Yaml.Entries entries -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                entries.entries()
                        .forEach((key, value) ->
                                plain.put(
                                        key,
                                        HooksReader.isHook(key) ? value.plain() : plain(value)));
                yield plain;
            }
        };
    }
}
