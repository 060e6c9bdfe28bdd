package dev.ade.project;

import java.util.ArrayList;
import java.util.List;

/// Something that a rendering wanted to know of the project beyond its own file, config and name. The same answers to
/// the same questions give the same text.
///
/// @param words what the question is about, by its kind
record Question(Kind kind, List<String> words) {
    /// Written into files by name: a meaning that changes needs another name.
    enum Kind {
        /// What a plain name leads to: the package that asks, the name.
        NAME,
        /// A macro of one package: the package, the name.
        MACRO,
        /// What is dispatched to: the package that asks, the name, the namespace if there is one.
        DISPATCHED,
        /// A var: the package that asks, the name.
        VAR,
        /// What `target` and what is taken of it says: the package that asks.
        TARGET,
        /// What `ref` leads to: the model that asks, the place that it prefers or nothing, then names; a version after
        /// `v=`.
        REF,
        /// What `source` leads to: source, table.
        SOURCE,
        /// What a template learns of a model by `model`: its name.
        NODE,
        /// The text, config and place of an ephemeral model: its name.
        EPHEMERAL,
        /// Whether there is a dataset of this name, to be read by name.
        DATASET,
        /// Macros that a template with these names may come to call.
        REACHED;

        /// Whether the answer is the same for all who ask, from when macros and vars are known.
        boolean isShared() {
            return switch (this) {
                case NAME, MACRO, DISPATCHED, VAR, TARGET, REACHED -> true;
                case REF, SOURCE, NODE, EPHEMERAL, DATASET -> false;
            };
        }
    }

    Question {
        words = List.copyOf(words);
    }

    static Question of(Kind kind, String... words) {
        return new Question(kind, List.of(words));
    }

    boolean isShared() {
        return kind.isShared();
    }

    List<String> plain() {
        List<String> plain = new ArrayList<>(List.of(kind.name()));
        plain.addAll(words);
        return plain;
    }

    /// @throws IllegalArgumentException where it is none
    static Question parse(List<?> plain) {
        List<String> words = plain.stream().map(String::valueOf).toList();
        if (words.isEmpty()) {
            throw new IllegalArgumentException("there is no question");
        }
        return new Question(Kind.valueOf(words.getFirst()), words.subList(1, words.size()));
    }
}
