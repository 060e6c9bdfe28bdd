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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The macros that dbt calls its own package `dbt`, in ADE's words, for DuckDB, and ADE's own: Jinja resources of this
/// module.
final class OwnMacros {
    /// What places in these files begin with.
    private static final String SCHEME = "ade:";

    private static final Pattern MACRO =
            Pattern.compile("\\{%-?\\s*(macro|materialization)\\s+(\\w+)");
    private static final List<String> FILES =
            List.of(
                    "activities",
                    "arrays",
                    "dates",
                    "incremental",
                    "materializations",
                    "names",
                    "relations",
                    "sets",
                    "statements",
                    "tests",
                    "text",
                    "types");

    private OwnMacros() {}

    /// A macro by its name; its file is parsed when the first of it is asked for.
    static Optional<Definition> find(String name) {
        return Optional.ofNullable(Lazily.FILE_OF.get(name))
                .map(file -> Lazily.PARSED.computeIfAbsent(file, OwnMacros::parse).get(name));
    }

    static boolean has(Definition macro) {
        return macro.location().file().startsWith(SCHEME);
    }

    static Set<String> names() {
        return Lazily.FILE_OF.keySet();
    }

    private static final class Lazily {
        private static final Map<String, String> FILE_OF = files();
        private static final Map<String, Map<String, Definition>> PARSED =
                new ConcurrentHashMap<>();
    }

    /// Names of macros, and the files that have them.
    private static Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        for (String file : FILES) {
            Matcher macro = MACRO.matcher(text(path(file)));
            while (macro.find()) {
                boolean isMacro = macro.group(1).equals("macro");
                String name = macro.group(2);
                files.put(isMacro ? name : "materialization_" + name + "_default", file);
            }
        }
        return Map.copyOf(files);
    }

    private static Map<String, Definition> parse(String file) {
        String path = path(file);
        return Template.parse(SCHEME + path, text(path), Syntax.DBT).definitions().stream()
                .collect(
                        Collectors.toMap(
                                OwnMacros::name, definition -> definition, (_, last) -> last));
    }

    private static String name(Definition definition) {
        return definition.tag().equals("materialization")
                ? Materializations.macro(definition)
                : definition.name();
    }

    private static String path(String file) {
        return "dbt/" + file + ".sql";
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
