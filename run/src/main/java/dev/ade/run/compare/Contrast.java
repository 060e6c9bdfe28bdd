package dev.ade.run.compare;

import dev.ade.model.AdeException;
import dev.ade.run.compare.DatasetChange.FactChange;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.run.compare.DatasetChange.Topic;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.QueryDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// One dataset's declaration beside the one before.
///
/// @param nature empty where nothing changed
record Contrast(Optional<Nature> nature, List<FactChange> facts, List<String> diff) {
    static final Contrast NONE = new Contrast(Optional.empty(), List.of(), List.of());

    /// What is known where the declaration before was not kept.
    static final Contrast UNKNOWN = new Contrast(Optional.of(Nature.UNKNOWN), List.of(), List.of());

    static Contrast of(Declaration before, Declaration after, Engine engine) {
        if (before.equals(after)) {
            return NONE;
        }
        List<FactChange> facts = facts(before, after);
        Optional<Nature> nature =
                facts.stream()
                        .map(fact -> natureOf(fact, after.queries().isEmpty()))
                        .max(Nature::compareTo);
        Optional<Nature> ofQueries = nature(before.queries(), after.queries(), engine);
        if (ofQueries.isPresent()
                && (nature.isEmpty() || nature.get().compareTo(ofQueries.get()) < 0)) {
            nature = ofQueries;
        }
        return new Contrast(nature, facts, TextDiff.of(before.queries(), after.queries()));
    }

    private static List<FactChange> facts(Declaration before, Declaration after) {
        TreeSet<String> keys = new TreeSet<>(before.facts().keySet());
        keys.addAll(after.facts().keySet());
        List<FactChange> changes = new ArrayList<>();
        for (String key : keys) {
            String was = before.facts().get(key);
            String is = after.facts().get(key);
            if (!Objects.equals(was, is)) {
                Topic topic = Fact.topic(key);
                changes.add(
                        new FactChange(
                                topic,
                                Fact.name(topic, key),
                                Optional.ofNullable(was),
                                Optional.ofNullable(is)));
            }
        }
        return changes;
    }

    /// Privacy and types decide how a source is loaded; of a model they only describe.
    private static Nature natureOf(FactChange fact, boolean isSource) {
        return switch (fact.topic()) {
            case CHECK, INHERITED -> Nature.CHECKS;
            case CONFIG -> Nature.CONFIG;
            case PRIVACY, COLUMN -> isSource ? Nature.CONFIG : Nature.CHECKS;
        };
    }

    static Optional<Nature> nature(List<String> before, List<String> after, Engine engine) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (before.size() != after.size()) {
            return Optional.of(Nature.BREAKING);
        }
        Nature deepest = Nature.FORMATTING;
        for (int i = 0; i < before.size(); i++) {
            Nature nature = nature(before.get(i), after.get(i), engine);
            deepest = nature.compareTo(deepest) > 0 ? nature : deepest;
        }
        return Optional.of(deepest);
    }

    /// The text of a model that asks the database is known only at its step; until then what differs may be anything.
    private static Nature nature(String before, String after, Engine engine) {
        try {
            return nature(engine.difference(before, after));
        } catch (AdeException noQuery) {
            return Nature.BREAKING;
        }
    }

    private static Nature nature(QueryDifference difference) {
        return switch (difference) {
            case NONE -> Nature.FORMATTING;
            case ADDITIVE -> Nature.ADDITIVE;
            case OTHER -> Nature.BREAKING;
        };
    }
}
