package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.OnChange;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.run.compare.Declarer;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds models whose definition is another though they mean the same, or whose history may stay. Everything else is
/// as it was: what nobody can tell counts as changed.
public final class Settler {
    private final CompiledProject compiled;
    private final Engine engine;
    private final Declarer declarer;

    public Settler(CompiledProject compiled, Engine engine) {
        this.compiled = compiled;
        this.engine = engine;
        this.declarer = new Declarer(compiled);
    }

    public Settled settle(RunRequest request, LakeView lake) {
        Map<TableName, TableName> former = new Renames(compiled, lake, engine, declarer).find();
        LakeView published = RenamedView.of(lake, former);
        Map<TableName, Fingerprint> same = new HashMap<>();
        Map<TableName, Set<Fingerprint>> kept = new HashMap<>();
        List<Decision> decisions = new ArrayList<>();
        Choices choices = new Choices(request.history());
        for (Model model : compiled.project().models().values()) {
            Optional<DatasetState> state = published.state(model.name());
            if (state.isEmpty() || state.get().definition().equals(model.definition())) {
                continue;
            }
            Optional<Nature> nature = nature(model, published);
            if (nature.equals(Optional.of(Nature.FORMATTING))) {
                same.put(model.name(), state.get().definition());
            } else if (nature.isPresent() && hasHistory(model) && isByQuery(nature.get())) {
                Decision decision = choices.decide(model, nature.get());
                decisions.add(decision);
                if (decision.choice() == OnChange.FORWARD) {
                    kept.put(model.name(), lineage(state.get()));
                }
            }
        }
        decisions.sort(Comparator.comparing(Decision::dataset));
        return new Settled(
                same.isEmpty() ? compiled : compiled.withDefinitions(same),
                kept,
                decisions,
                former);
    }

    /// How deep the change of a model goes; empty where that is not known. Equal text under another hash means the
    /// same, too.
    private Optional<Nature> nature(Model model, LakeView published) {
        Optional<Declaration> before = published.declaration(model.name());
        return before.map(
                it -> declarer.natureOfDefinition(it, declarer.declare(model.name()), engine));
    }

    /// Whether there are old rows that somebody has to decide about.
    private static boolean hasHistory(Model model) {
        return switch (model.kind()) {
            case Kind.Incremental incremental -> !incremental.goesOn();
            case Kind.Custom custom -> !custom.goesOn();
            case Kind.Fact _, Kind.Day _ -> true;
            case Kind.View _, Kind.Table _, Kind.Dimension _, Kind.Snapshot _ -> false;
        };
    }

    private static boolean isByQuery(Nature nature) {
        return nature == Nature.ADDITIVE || nature == Nature.BREAKING;
    }

    /// The published definition, and those whose rows it keeps.
    private static Set<Fingerprint> lineage(DatasetState state) {
        Set<Fingerprint> lineage = new HashSet<>(Versions.kept(state));
        lineage.add(state.definition());
        return lineage;
    }

    /// Who decides about history: flags, then the model, then the rule.
    private final class Choices {
        private final Map<OnChange, Set<TableName>> asked = new HashMap<>();

        Choices(HistoryChoice choice) {
            for (OnChange one : OnChange.values()) {
                choice.of(one)
                        .ifPresent(
                                selectors -> asked.put(one, compiled.select(selectors, List.of())));
            }
        }

        Decision decide(Model model, Nature nature) {
            for (OnChange choice : OnChange.values()) {
                if (asked.getOrDefault(choice, Set.of()).contains(model.name())) {
                    return new Decision(model.name(), nature, choice, Decision.Ground.ASKED);
                }
            }
            if (model.onChange().isPresent()) {
                return new Decision(
                        model.name(), nature, model.onChange().get(), Decision.Ground.CONFIGURED);
            }
            return nature == Nature.ADDITIVE
                    ? new Decision(model.name(), nature, OnChange.FORWARD, Decision.Ground.ADDITIVE)
                    : new Decision(model.name(), nature, OnChange.RESTATE, Decision.Ground.PROMISE);
        }
    }
}
