package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Indirect;
import dev.ade.spi.Compiler.Tests;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// dbt's node selection: a blank or another argument is a union, a comma an intersection.
final class Selection {
    /// Methods that may find nothing: that is an answer, not a mistake.
    private static final Set<String> MAY_BE_EMPTY = Set.of("state", "result", "source_status");

    private final Graph graph;
    private final Methods methods;
    private final SavedSelectors saved;

    Selection(Graph graph, Methods methods, SavedSelectors saved) {
        this.graph = graph;
        this.methods = methods;
        this.saved = saved;
    }

    /// Datasets only; what leads to a test or an exposure leads to nothing.
    Set<TableName> datasets(List<String> select, List<String> exclude) {
        return nodes(select, exclude).stream()
                .flatMap(id -> graph.find(id).flatMap(Node::dataset).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Everything that is selected, tests that belong to it included.
    Set<String> all(Tests asked) {
        Set<String> all =
                nodes(asked.select(), asked.exclude()).stream()
                        .filter(id -> !isTest(id))
                        .collect(Collectors.toSet());
        all.addAll(tests(asked.select(), asked.exclude(), asked.indirect()));
        return all;
    }

    private boolean isTest(String id) {
        return graph.find(id).filter(node -> node.type().isTest()).isPresent();
    }

    /// Tests that are selected themselves or through what they are about.
    Set<String> tests(List<String> select, List<String> exclude, Indirect indirect) {
        Set<String> selected = nodes(select, List.of());
        Set<String> tests = withIndirect(selected, indirect);
        if (!exclude.isEmpty()) {
            Set<String> excluded = nodes(exclude, List.of());
            tests.removeAll(withIndirect(excluded, Indirect.EAGER));
        }
        return tests;
    }

    private Set<String> withIndirect(Set<String> selected, Indirect indirect) {
        Set<String> above =
                indirect == Indirect.BUILDABLE
                        ? graph.above(selected, Criterion.ALL_STEPS)
                        : selected;
        return graph.where(node ->
                node.type().isTest()
                        && (selected.contains(node.id())
                                || isAbout(graph.parents(node.id()), selected, above, indirect)));
    }

    private static boolean isAbout(
            Set<String> inputs, Set<String> selected, Set<String> above, Indirect indirect) {
        return switch (indirect) {
            case EAGER -> inputs.stream().anyMatch(selected::contains);
            case CAUTIOUS -> !inputs.isEmpty() && selected.containsAll(inputs);
            case BUILDABLE ->
                    inputs.stream().anyMatch(selected::contains) && above.containsAll(inputs);
            case EMPTY -> false;
        };
    }

    private Set<String> nodes(List<String> select, List<String> exclude) {
        Set<String> selected =
                select.isEmpty()
                        ? saved.byDefault()
                                .map(definition -> saved.find(definition, this))
                                .orElseGet(() -> graph.where(node -> true))
                        : union(select);
        if (!exclude.isEmpty()) {
            selected.removeAll(union(exclude));
        }
        return selected;
    }

    private Set<String> union(List<String> selectors) {
        Set<String> found = new HashSet<>();
        for (String argument : selectors) {
            for (String selector : argument.strip().split("\\s+", -1)) {
                found.addAll(intersection(selector));
            }
        }
        return found;
    }

    private Set<String> intersection(String selector) {
        Set<String> found = graph.where(node -> true);
        for (String part : selector.split(",", -1)) {
            Criterion criterion = Criterion.parse(part);
            Set<String> named = find(criterion);
            requireSome(criterion, part, named);
            found.retainAll(reach(criterion, named));
        }
        return found;
    }

    /// What one selector names, without what is above and below.
    Set<String> find(Criterion criterion) {
        return criterion.methodOrGuess().equals("selector")
                ? saved.find(criterion.value(), this)
                : methods.find(criterion.methodOrGuess(), criterion.value());
    }

    private static void requireSome(Criterion criterion, String text, Set<String> named) {
        if (named.isEmpty() && !MAY_BE_EMPTY.contains(criterion.methodOrGuess())) {
            throw AdeException.user(
                    "Cannot select '%s': nothing is called so".formatted(text),
                    "ade status lists datasets; use NAME, DOMAIN.NAME, DOMAIN, path:…, tag:… or source:…");
        }
    }

    Set<String> reach(Criterion criterion, Set<String> named) {
        Set<String> found = new HashSet<>(named);
        if (criterion.isClosed()) {
            found.addAll(graph.below(named, Criterion.ALL_STEPS));
            found.addAll(graph.above(found, Criterion.ALL_STEPS));
        }
        found.addAll(graph.above(named, criterion.above()));
        found.addAll(graph.below(named, criterion.below()));
        return found;
    }
}
