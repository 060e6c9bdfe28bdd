package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The macros that dbt calls its own package `dbt`, in ADE's words, for DuckDB, and ADE's own: Jinja resources of this
/// module.
final class OwnMacros {
    private static final List<String> FILES =
            List.of(
                    "activities",
                    "arrays",
                    "dates",
                    "names",
                    "relations",
                    "sets",
                    "statements",
                    "text",
                    "types");

    private OwnMacros() {}

    static Map<String, Definition> all() {
        return Lazily.ALL;
    }

    private static final class Lazily {
        private static final Map<String, Definition> ALL = read();
    }

    private static Map<String, Definition> read() {
        Map<String, Definition> all = new HashMap<>();
        for (String file : FILES) {
            String path = "dbt/" + file + ".sql";
            for (Definition definition :
                    Template.parse("ade:" + path, text(path), Syntax.DBT).definitions()) {
                all.put(definition.name(), definition);
            }
        }
        return Map.copyOf(all);
    }

    private static String text(String path) {
        try (InputStream in = OwnMacros.class.getResourceAsStream(path)) {
            return new String(
                    Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
