package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.compare.Declarer;
import dev.ade.run.compare.Gone;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.QueryDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds models that are published under a name which the project no longer has: exactly one of those says the same.
/// Used once.
final class Renames {
    /// Pairs of a new model and a dataset that is gone to be compared; beyond that nothing counts as renamed.
    private static final int PAIRS_MAX = 2_000;

    private final CompiledProject compiled;
    private final LakeView published;
    private final Engine engine;
    private final Declarer declarer;
    private final Map<TableName, TableName> former = new HashMap<>();

    Renames(CompiledProject compiled, LakeView published, Engine engine, Declarer declarer) {
        this.compiled = compiled;
        this.published = published;
        this.engine = engine;
        this.declarer = declarer;
    }

    /// What renamed models are published as, by what they are called now.
    Map<TableName, TableName> find() {
        Project project = compiled.project();
        List<DatasetState> gone = Gone.of(project, published);
        if (gone.isEmpty()) {
            return Map.of();
        }
        List<Model> come =
                Topology.order(project).stream()
                        .filter(name -> published.state(name).isEmpty())
                        .flatMap(name -> Stream.ofNullable(project.models().get(name)))
                        .toList();
        if ((long) gone.size() * come.size() <= PAIRS_MAX) {
            come.forEach(model -> match(model, gone));
        }
        return former;
    }

    private void match(Model model, List<DatasetState> gone) {
        List<TableName> alike = new ArrayList<>();
        for (DatasetState state : gone) {
            if (!former.containsValue(state.name()) && isSame(model, state)) {
                alike.add(state.name());
            }
        }
        if (alike.size() == 1) {
            former.put(model.name(), alike.getFirst());
        }
    }

    private boolean isSame(Model model, DatasetState state) {
        if (!model.kind().word().equals(state.properties().get("kind"))) {
            return false;
        }
        Map<TableName, TableName> names = new HashMap<>(former);
        names.put(model.name(), state.name());
        return published
                .declaration(state.name())
                .map(before -> isSame(inNewNames(before, names), declarer.declare(model.name())))
                .orElse(false);
    }

    private boolean isSame(Declaration before, Declaration now) {
        if (before.queries().size() != now.queries().size()) {
            return false;
        }
        try {
            for (int i = 0; i < now.queries().size(); i++) {
                String was = before.queries().get(i);
                String is = now.queries().get(i);
                if (engine.difference(was, is) != QueryDifference.NONE) {
                    return false;
                }
            }
            return true;
        } catch (AdeException noQuery) {
            return false;
        }
    }

    /// What a declaration would say if its inputs had been called so then.
    static Declaration inNewNames(Declaration declaration, Map<TableName, TableName> former) {
        if (former.isEmpty()) {
            return declaration;
        }
        return new Declaration(
                declaration.queries().stream().map(query -> inNewNames(query, former)).toList(),
                declaration.facts());
    }

    static String inNewNames(String query, Map<TableName, TableName> former) {
        Map<String, String> now = new HashMap<>();
        former.forEach((name, before) -> {
            now.put(before.quoted(), name.quoted());
            now.put(before.toString(), name.toString());
        });
        String any = now.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w.\"])(?:" + any + ")(?![\\w\"])")
                .matcher(query)
                .replaceAll(found ->
                        Matcher.quoteReplacement(now.getOrDefault(found.group(), found.group())));
    }
}
