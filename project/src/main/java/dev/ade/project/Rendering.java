package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.None;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One rendering of one template: the names it may use, and what it says about itself meanwhile.
final class Rendering implements Globals {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Map<String, Object> names;
    private final Macros macros;
    private final Map<String, @Nullable Object> configured = new LinkedHashMap<>();

    /// What differs from one rendering to the next.
    ///
    /// @param domain whose file it is
    /// @param self the dataset it makes; a check has none
    /// @param config known before the file is rendered
    record Setting(
            Optional<String> domain,
            Optional<TableName> self,
            Config config,
            Situation situation,
            References references) {}

    /// What names of datasets mean; before all are known, anything.
    interface References {
        RelationValue ref(Arguments arguments, Optional<String> domain);

        RelationValue source(Arguments arguments);
    }

    Rendering(Map<String, Object> common, Macros macros, Setting setting) {
        this.names = new HashMap<>(common);
        this.macros = macros;
        names.put(
                "ref",
                (Callable) arguments -> setting.references().ref(arguments, setting.domain()));
        names.put("source", (Callable) arguments -> setting.references().source(arguments));
        names.put("config", new ConfigValue(setting.config()));
        names.put("is_incremental", (Callable) _ -> setting.situation().state() == State.EXISTING);
        names.put("adapter", new Adapter());
        names.put("ade", Map.of("interval", interval(setting.situation())));
        setting.self().ifPresent(self -> names.put("this", RelationValue.of(self)));
        setting.self().ifPresent(self -> names.put("model", model(self, setting.config())));
        names.put("builtins", new HashMap<>(names));
    }

    /// What `config(…)` said.
    Map<String, @Nullable Object> configured() {
        return configured;
    }

    @Override
    public Object find(String name) {
        Object value = names.get(name);
        if (value != null) {
            return value;
        }
        return macros.macro(name)
                .<Object>map(macro -> macro.bind(this, Limits.DEFAULT))
                .orElseGet(() ->
                        name.equals(names.get("project_name"))
                                ? new OwnPackage()
                                : new Undefined(name));
    }

    private static Map<String, Object> model(TableName self, Config config) {
        return Map.of(
                "name", self.name(),
                "alias", self.name(),
                "schema", self.namespace(),
                "database", RelationValue.DATABASE,
                "tags", Values.jinja(config.texts("tags")),
                "config", Values.jinja(config.values()));
    }

    private static Object interval(Situation situation) {
        return situation
                .interval()
                .<Object>map(interval ->
                        Map.of("from", text(interval.from()), "to", text(interval.to())))
                .orElseGet(() ->
                        new Undefined(
                                "ade.interval",
                                "ade.interval is only there in models of kind fact and day"));
    }

    /// As a timestamp literal of SQL reads it, in UTC.
    private static String text(Instant instant) {
        return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    private final class ConfigValue implements Callable, Attributes {
        private final Config known;

        ConfigValue(Config known) {
            this.known = known;
        }

        @Override
        public Object call(Arguments arguments) {
            arguments
                    .positional()
                    .forEach(argument -> {
                        if (!(argument instanceof Map<?, ?> map)) {
                            throw AdeException.user(
                                    "Cannot use config(…): it takes names and values",
                                    "Write {{ config(materialized='table') }}");
                        }
                        map.forEach((key, value) ->
                                configured.put(String.valueOf(key), Values.plain(value)));
                    });
            arguments.named().forEach((key, value) -> configured.put(key, Values.plain(value)));
            return "";
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "get" ->
                        (Callable)
                                arguments ->
                                        value(
                                                String.valueOf(arguments.require(0, "name")),
                                                () -> arguments.get(1, "default", None.NONE));
                case "require" ->
                        (Callable)
                                arguments -> {
                                    String wanted = String.valueOf(arguments.require(0, "name"));
                                    return value(
                                            wanted,
                                            () -> {
                                                throw AdeException.user(
                                                        "Cannot do without config '%s'"
                                                                .formatted(wanted),
                                                        "Add it to config(…)");
                                            });
                                };
                default -> new Undefined(name);
            };
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

    private final class Adapter implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "dispatch" -> (Callable) this::dispatch;
                case "quote" ->
                        (Callable)
                                arguments ->
                                        Sql.quote(
                                                String.valueOf(arguments.require(0, "identifier")));
                default -> new Undefined(name, "adapter." + name + " is not something ADE has yet");
            };
        }

        private Object dispatch(Arguments arguments) {
            String name = String.valueOf(arguments.require(0, "macro_name"));
            Function<Definition, Object> bind = macro -> macro.bind(Rendering.this, Limits.DEFAULT);
            return macros.dispatched(name)
                    .map(bind)
                    .orElseThrow(() ->
                            AdeException.user(
                                    "Cannot dispatch '%s': there is no macro duckdb__%s or default__%s"
                                            .formatted(name, name, name),
                                    "Define one of them"));
        }
    }

    /// The project itself as a package of macros: `my_project.my_macro()`.
    private final class OwnPackage implements Attributes {
        @Override
        public Object attribute(String name) {
            return macros.macro(name)
                    .<Object>map(macro -> macro.bind(Rendering.this, Limits.DEFAULT))
                    .orElseGet(() -> new Undefined(name));
        }
    }
}
