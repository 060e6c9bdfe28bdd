package dev.ade.project;

import dev.ade.model.TableName;
import dev.ade.project.manifest.TemplateText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What refers to what, in dbt's words.
final class ManifestReferences {
    /// What dbt has as macros and ADE otherwise.
    private static final Set<String> BUILT_IN =
            Set.of("is_incremental", "run_query", "statement", "noop_statement", "load_relation");

    private final ManifestParts parts;
    private final ManifestIds ids;
    private final Graph graph;
    private final Map<TableName, Map<String, Set<String>>> tested = new HashMap<>();

    ManifestReferences(ManifestParts parts, ManifestIds ids, Graph graph) {
        this.parts = parts;
        this.ids = ids;
        this.graph = graph;
        parts.tests()
                .values()
                .forEach(test ->
                        test.column()
                                .ifPresent(column ->
                                        tested.computeIfAbsent(
                                                        test.owner().dataset(),
                                                        _ -> new HashMap<>())
                                                .computeIfAbsent(test.word(), _ -> new HashSet<>())
                                                .add(column)));
    }

    ManifestIds ids() {
        return ids;
    }

    /// Columns of a dataset that a test is written under.
    Set<String> testedColumns(TableName dataset, String word) {
        return tested.getOrDefault(dataset, Map.of()).getOrDefault(word, Set.of());
    }

    /// Says what a dataset is made from.
    void put(ManifestNode node, TableName dataset, Collection<String> macros) {
        Set<TableName> read = new TreeSet<>(parts.names().references(dataset));
        graph.parents(dataset.toString()).forEach(parent -> read.add(TableName.parse(parent)));
        put(node, read, macros);
    }

    void put(ManifestNode node, Set<TableName> read, Collection<String> macros) {
        inOrder(node, new TreeSet<>(read), macros);
    }

    /// @param read in the order that dbt tells them: the dataset that a test is about comes last
    void inOrder(ManifestNode node, Collection<TableName> read, Collection<String> macros) {
        Set<String> on = new LinkedHashSet<>();
        List<Object> refs = new ArrayList<>();
        List<Object> sources = new ArrayList<>();
        for (TableName name : read) {
            Optional<String> id = ids.of(name);
            if (id.isEmpty()) {
                continue;
            }
            on.add(id.get());
            String[] words = id.get().split("\\.", -1);
            if (words[0].equals("source")) {
                sources.add(List.of(words[2], words[3]));
            } else {
                refs.add(ref(words));
            }
        }
        node.put("refs", refs);
        node.put("sources", sources);
        node.dependsOn(macros, on);
    }

    private static Map<String, @Nullable Object> ref(String[] words) {
        Map<String, @Nullable Object> ref = new LinkedHashMap<>();
        ref.put("name", words[2]);
        ref.put("package", null);
        ref.put("version", words.length > 3 ? words[3].substring(1) : null);
        return ref;
    }

    /// Macros of the project and its packages that a template calls by name.
    Set<String> macros(String owner, String template) {
        return TemplateText.calls(template, (installed, name) -> macro(owner, installed, name));
    }

    private Optional<String> macro(String owner, Optional<String> installed, String name) {
        List<String> owners = installed.map(List::of).orElse(List.of(owner, parts.macros().root()));
        return owners.stream()
                .filter(one -> parts.macros().all(one).containsKey(name))
                .findFirst()
                .or(() -> dbts(installed, name))
                .map(one -> ManifestIds.id("macro", one, name));
    }

    /// dbt's own macros are of its package.
    private static Optional<String> dbts(Optional<String> installed, String name) {
        return Optional.of("dbt")
                .filter(dbt -> installed.isEmpty() || installed.get().equals(dbt))
                .filter(_ -> OwnMacros.names().contains(name) || BUILT_IN.contains(name));
    }
}
