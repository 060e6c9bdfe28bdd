package dev.ade.project;

import dev.ade.model.Project;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What selectors select, and what reads what.
final class Graph {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Set<String>> parents = new HashMap<>();
    private final Map<String, Set<String>> children = new HashMap<>();

    void add(Node node) {
        nodes.put(node.id(), node);
    }

    /// Says that `child` reads `parent`; what is not there is passed over.
    void connect(String parent, String child) {
        parents.computeIfAbsent(child, _ -> new HashSet<>()).add(parent);
        children.computeIfAbsent(parent, _ -> new HashSet<>()).add(child);
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    Optional<Node> find(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    Set<String> where(Predicate<Node> wanted) {
        return nodes.values().stream().filter(wanted).map(Node::id).collect(Collectors.toSet());
    }

    Set<String> parents(String id) {
        return parents.getOrDefault(id, Set.of());
    }

    /// What is read to make these, so many steps up, with themselves.
    Set<String> above(Set<String> from, int steps) {
        return reach(from, id -> parents.getOrDefault(id, Set.of()), steps);
    }

    /// What is made from these, so many steps down, with themselves.
    Set<String> below(Set<String> from, int steps) {
        return reach(from, id -> children.getOrDefault(id, Set.of()), steps);
    }

    private Set<String> reach(Set<String> from, Function<String, Set<String>> step, int stepsMax) {
        return Project.reach(from, id -> known(step.apply(id)), stepsMax);
    }

    private Set<String> known(Set<String> ids) {
        return ids.stream().filter(nodes::containsKey).collect(Collectors.toSet());
    }
}
