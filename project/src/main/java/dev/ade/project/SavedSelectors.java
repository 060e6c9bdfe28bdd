package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Selectors that `selectors.yml` keeps under names.
final class SavedSelectors {
    private static final int DEPTH_MAX = 20;
    private static final Set<String> OF_ONE =
            Set.of(
                    "method",
                    "value",
                    "parents",
                    "parents_depth",
                    "children",
                    "children_depth",
                    "childrens_parents",
                    "indirect_selection",
                    "exclude");

    private final Map<String, Section> definitions = new LinkedHashMap<>();
    private Optional<String> preferred = Optional.empty();

    static SavedSelectors none() {
        return new SavedSelectors();
    }

    static SavedSelectors read(Section file) {
        SavedSelectors saved = new SavedSelectors();
        for (Section selector : file.sections("selectors")) {
            String name = selector.requireText("name");
            saved.definitions.put(name, selector);
            if (selector.flag("default").orElse(false)) {
                saved.preferred = Optional.of(name);
            }
            if (selector.value("definition").isEmpty()) {
                throw selector.missing("definition");
            }
            selector.ignore("description");
            selector.done("a selector");
        }
        return saved;
    }

    /// The one that is meant where nothing is selected.
    Optional<String> byDefault() {
        return preferred;
    }

    Set<String> find(String name, Selection selection) {
        return new Evaluation(selection).named(name);
    }

    private final class Evaluation {
        private final Selection selection;
        private int depth;

        Evaluation(Selection selection) {
            this.selection = selection;
        }

        Set<String> named(String name) {
            Section selector = definitions.get(name);
            if (selector == null) {
                throw AdeException.user(
                        "Cannot select by '%s': selectors.yml has no such selector".formatted(name),
                        definitions.isEmpty()
                                ? "Add it to selectors.yml"
                                : "It has " + String.join(", ", definitions.keySet()));
            }
            if (++depth > DEPTH_MAX) {
                throw AdeException.user(
                                "Cannot select by '%s': selectors mean each other".formatted(name),
                                "Take one of these references out")
                        .at(selector.location());
            }
            Set<String> found = any(selector.value("definition").orElseThrow(), selector);
            depth--;
            return found;
        }

        private Set<String> any(Yaml definition, Section within) {
            return switch (definition) {
                case Yaml.Scalar _ -> one(Criterion.parse(within.text("definition", definition)));
                case Yaml.Items _ -> throw within.wrong("definition", "a selector, not a list");
                case Yaml.Entries entries -> mapping(new Section(entries, within.context()));
            };
        }

        private Set<String> mapping(Section definition) {
            if (definition.has("union")) {
                return combined(definition, "union");
            } else if (definition.has("intersection")) {
                return combined(definition, "intersection");
            } else if (definition.has("method")) {
                return method(definition);
            }
            Set<String> found = new HashSet<>();
            for (String key : definition.keys()) {
                found.addAll(
                        one(
                                new Criterion(
                                        Optional.of(key),
                                        definition.requireText(key),
                                        0,
                                        0,
                                        false)));
            }
            return found;
        }

        private Set<String> combined(Section definition, String how) {
            Optional<Set<String>> found = Optional.empty();
            Set<String> excluded = new HashSet<>();
            for (Yaml item : definition.items(how)) {
                if (item instanceof Yaml.Entries entries
                        && entries.entries().keySet().equals(Set.of("exclude"))) {
                    excluded.addAll(excluded(new Section(entries, definition.context())));
                    continue;
                }
                Set<String> part = any(item, definition);
                found =
                        Optional.of(
                                found.map(so -> together(so, part, how.equals("union")))
                                        .orElse(part));
            }
            Set<String> all = new HashSet<>(found.orElse(Set.of()));
            all.removeAll(excluded);
            return all;
        }

        private static Set<String> together(Set<String> one, Set<String> other, boolean isUnion) {
            Set<String> both = new HashSet<>(one);
            if (isUnion) {
                both.addAll(other);
            } else {
                both.retainAll(other);
            }
            return both;
        }

        private Set<String> method(Section definition) {
            definition.keys().stream()
                    .filter(key -> !OF_ONE.contains(key))
                    .findFirst()
                    .ifPresent(key -> {
                        throw definition.wrong(
                                key,
                                "one of " + String.join(", ", OF_ONE.stream().sorted().toList()));
                    });
            Criterion criterion =
                    new Criterion(
                            Optional.of(definition.requireText("method")),
                            definition.requireText("value"),
                            steps(definition, "parents"),
                            steps(definition, "children"),
                            definition.flag("childrens_parents").orElse(false));
            Set<String> found = new HashSet<>(one(criterion));
            found.removeAll(excluded(definition));
            return found;
        }

        private int steps(Section definition, String key) {
            if (!definition.flag(key).orElse(false)) {
                return 0;
            }
            return definition
                    .integer(key + "_depth")
                    .map(depthOf -> (int) Math.min(depthOf, Criterion.ALL_STEPS))
                    .orElse(Criterion.ALL_STEPS);
        }

        private Set<String> excluded(Section definition) {
            Set<String> excluded = new HashSet<>();
            List<Yaml> items = definition.items("exclude");
            items.forEach(item -> excluded.addAll(any(item, definition)));
            return excluded;
        }

        private Set<String> one(Criterion criterion) {
            boolean isNamed = criterion.method().filter("selector"::equals).isPresent();
            Set<String> found = isNamed ? named(criterion.value()) : selection.find(criterion);
            return selection.reach(criterion, found);
        }
    }
}
