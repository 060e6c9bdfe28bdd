package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Macros, generic tests and materializations of a project and its packages, by package and name. ADE's own, which
/// dbt calls the package `dbt`, are read when something is looked for that nobody else defines.
final class Macros {
    /// The package of ADE's own macros.
    static final String OWN = "dbt";

    private static final List<String> PREFIXES = List.of("ade__", "duckdb__", "default__");

    private final String root;
    private final Dispatch dispatch;
    private final Map<String, Map<String, Definition>> packages = new LinkedHashMap<>();
    private final Map<String, MacroFile> files = new HashMap<>();

    /// Where `adapter.dispatch` looks, by the namespace that it was given: `dispatch:` of dbt_project.yml.
    @FunctionalInterface
    interface Dispatch {
        Optional<List<String>> searchOrder(String namespace);
    }

    /// @param root name of the project itself
    Macros(String root, Dispatch dispatch) {
        this.root = root;
        this.dispatch = dispatch;
        packages.put(root, new HashMap<>());
    }

    String root() {
        return root;
    }

    void add(String owner, MacroFile file) {
        Map<String, Definition> known = packages.computeIfAbsent(owner, _ -> new HashMap<>());
        files.put(file.file().path(), file);
        for (Definition definition : file.definitions()) {
            switch (definition.tag()) {
                case "macro" -> put(known, definition.name(), definition);
                case "test", "data_test" -> put(known, "test_" + definition.name(), definition);
                case "materialization" ->
                        put(known, Materializations.macro(definition), definition);
                default -> {
                    // Blocks of dbt's that others read, such as docs.
                }
            }
        }
    }

    private static void put(Map<String, Definition> all, String name, Definition definition) {
        Definition other = all.put(name, definition);
        if (other != null) {
            throw AdeException.user(
                            "Cannot define %s %s twice: %s defines it too"
                                    .formatted(
                                            definition.tag(), definition.name(), other.location()),
                            "Rename one of them")
                    .at(definition.location());
        }
    }

    /// The project itself and its packages that define anything.
    Set<String> owners() {
        return packages.keySet();
    }

    /// All that one of them defines, by name.
    Map<String, Definition> all(String owner) {
        return packages.getOrDefault(owner, Map.of());
    }

    boolean isPackage(String name) {
        return packages.containsKey(name) || name.equals(OWN) || name.equals("dbt_duckdb");
    }

    /// A macro of one package.
    Optional<Definition> in(String owner, String name) {
        Map<String, Definition> known = packages.get(owner);
        if (known != null) {
            return Optional.ofNullable(known.get(name));
        }
        return owner.equals(OWN) || owner.equals("dbt_duckdb")
                ? OwnMacros.find(name)
                : Optional.empty();
    }

    /// A macro that the project or its packages define, as a file of a package calls it without saying whose.
    Optional<Definition> plain(String caller, String name) {
        return in(caller, name).or(() -> in(root, name));
    }

    /// ADE's own macros, too.
    Optional<Definition> macro(String caller, String name) {
        return plain(caller, name).or(() -> in(OWN, name));
    }

    /// A macro that somebody calls from outside, as `name` or `package.name`.
    ///
    /// @throws AdeException USER where there is none
    Definition operation(String word) {
        int dot = word.indexOf('.');
        Optional<Definition> found =
                dot < 0
                        ? plain(root, word).or(() -> anywhere(word)).or(() -> in(OWN, word))
                        : in(word.substring(0, dot), word.substring(dot + 1));
        return found.orElseThrow(() ->
                AdeException.user(
                        "Cannot call %s: no macro is called so%s".formatted(word, near(word)),
                        "Name one of macros/, or of a package: codegen.generate_source"));
    }

    private String near(String word) {
        return packages.values().stream()
                .flatMap(known -> known.keySet().stream())
                .filter(name -> isNear(name, word))
                .sorted()
                .findFirst()
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static boolean isNear(String name, String word) {
        String plain = word.substring(word.indexOf('.') + 1);
        return name.contains(plain) || plain.contains(name);
    }

    /// A generic test, as `name` or `package.name`.
    Optional<Definition> test(String caller, String word) {
        int dot = word.indexOf('.');
        return dot < 0
                ? macro(caller, "test_" + word)
                : in(word.substring(0, dot), "test_" + word.substring(dot + 1));
    }

    /// The same, of the project's and its packages' own.
    Optional<Definition> ownTest(String caller, String word) {
        return word.indexOf('.') < 0 ? plain(caller, "test_" + word) : test(caller, word);
    }

    /// What `adapter.dispatch(name, namespace)` calls, where there is one.
    Optional<Definition> dispatched(String caller, String name, Optional<String> namespace) {
        for (String owner : searched(caller, namespace)) {
            // What packages find out in a way that only other databases have, ADE does in its own.
            Optional<Definition> own =
                    owner.equals(root) ? Optional.empty() : in(OWN, "ade__" + name);
            if (own.isPresent()) {
                return own;
            }
            for (String prefix : PREFIXES) {
                Optional<Definition> found = in(owner, prefix + name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// The names that `dispatched` looked for, for people.
    String searchedFor(String caller, String name, Optional<String> namespace) {
        List<String> names = new ArrayList<>();
        for (String owner : searched(caller, namespace)) {
            PREFIXES.stream()
                    .filter(prefix -> !prefix.equals("ade__"))
                    .forEach(prefix -> names.add(owner + "." + prefix + name));
        }
        return String.join(", ", names);
    }

    private List<String> searched(String caller, Optional<String> namespace) {
        if (namespace.isEmpty()) {
            return caller.equals(root) ? List.of(root, OWN) : List.of(caller, root, OWN);
        }
        return dispatch.searchOrder(namespace.get())
                .orElseGet(() -> List.of(root, namespace.get()));
    }

    /// The materialization of that name that is meant for DuckDB.
    Optional<Definition> materialization(String caller, String name) {
        return plain(caller, "materialization_" + name + "_duckdb")
                .or(() -> plain(caller, "materialization_" + name + "_default"))
                .or(() -> anywhere("materialization_" + name + "_duckdb"))
                .or(() -> anywhere("materialization_" + name + "_default"));
    }

    /// The same, of these packages only.
    Optional<Definition> materialization(List<String> owners, String name) {
        return owners.stream()
                .flatMap(owner ->
                        in(owner, "materialization_" + name + "_duckdb")
                                .or(() -> in(owner, "materialization_" + name + "_default"))
                                .stream())
                .findFirst();
    }

    private Optional<Definition> anywhere(String name) {
        return packages.values().stream()
                .filter(known -> known.containsKey(name))
                .map(known -> known.get(name))
                .findFirst();
    }

    /// What a macro is, in one text: where it is, and a hash of its file. ADE's own are as they are.
    String hash(Definition macro) {
        MacroFile file = files.get(macro.location().file());
        return macro.location()
                + " "
                + macro.name()
                + " "
                + (file == null ? "" : file.text().hex());
    }

    /// A hash of the text of every macro that a template which reads these names may come to call.
    Fingerprint reached(Set<String> names) {
        return Fingerprint.of(filesReached(names).stream().map(file -> read(file).text()).toList());
    }

    /// Whether a template which reads these names may come to read one of the others.
    boolean isReached(Set<String> names, Set<String> others) {
        return filesReached(names).stream()
                .flatMap(file -> read(file).names().stream())
                .anyMatch(others::contains);
    }

    private Set<String> filesReached(Set<String> names) {
        Set<String> reached = new TreeSet<>();
        Set<String> open = new HashSet<>(names);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.iterator().next();
            open.remove(name);
            if (seen.add(name)) {
                filesOf(name).stream()
                        .filter(reached::add)
                        .forEach(file -> open.addAll(read(file).names()));
            }
        }
        return reached;
    }

    private MacroFile read(String file) {
        return Objects.requireNonNull(files.get(file));
    }

    /// Files that define a macro of that name, or what it is dispatched to; all of a package of that name.
    private List<String> filesOf(String name) {
        List<String> found = new ArrayList<>();
        Map<String, Definition> whole = packages.getOrDefault(name, Map.of());
        whole.values().forEach(definition -> found.add(definition.location().file()));
        whole.keySet().forEach(macro -> addDispatched(macro, found));
        packages.values().stream()
                .filter(known -> known.containsKey(name))
                .forEach(known -> found.add(file(known, name)));
        addDispatched(name, found);
        return found;
    }

    private void addDispatched(String macro, List<String> found) {
        for (Map<String, Definition> known : packages.values()) {
            PREFIXES.stream()
                    .map(prefix -> prefix + macro)
                    .filter(known::containsKey)
                    .forEach(name -> found.add(file(known, name)));
        }
    }

    private static String file(Map<String, Definition> known, String name) {
        return Objects.requireNonNull(known.get(name)).location().file();
    }
}
