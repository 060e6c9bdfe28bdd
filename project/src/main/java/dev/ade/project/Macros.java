package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Macros and generic tests of a project, by name.
final class Macros {
    private final Map<String, Definition> macros = new HashMap<>();
    private final Map<String, Definition> tests = new HashMap<>();

    void add(String file, String text) {
        for (Definition definition : Template.parse(file, text, Syntax.DBT).definitions()) {
            switch (definition.tag()) {
                case "macro" -> put(macros, definition);
                case "test", "data_test" -> put(tests, definition);
                default -> {
                    // Blocks of dbt's that have no meaning here, such as docs.
                }
            }
        }
    }

    private static void put(Map<String, Definition> all, Definition definition) {
        Definition other = all.put(definition.name(), definition);
        if (other != null) {
            throw AdeException.user(
                            "Cannot define %s %s twice: %s defines it too"
                                    .formatted(
                                            definition.tag(), definition.name(), other.location()),
                            "Rename one of them")
                    .at(definition.location());
        }
    }

    Optional<Definition> macro(String name) {
        return Optional.ofNullable(macros.get(name));
    }

    Optional<Definition> test(String name) {
        return Optional.ofNullable(tests.get(name));
    }

    /// What `adapter.dispatch(name)` calls.
    Optional<Definition> dispatched(String name) {
        return macro("ade__" + name)
                .or(() -> macro("duckdb__" + name))
                .or(() -> macro("default__" + name));
    }
}
