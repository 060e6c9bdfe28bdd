package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `{% materialization … %}` blocks, and which models they make.
final class Materializations {
    /// Of these dbt has its own, so a package's are only used where the project says so by one of its own.
    private static final Set<String> BUILT_IN = Set.of("view", "table", "incremental");

    /// These are not a matter of how rows are kept.
    private static final Set<String> NEVER =
            Set.of("ephemeral", "snapshot", "seed", "test", "unit", "function", "clone");

    /// Ways to build incrementally that ADE does without a macro.
    private static final Set<String> STRATEGIES =
            Set.of("default", "append", "merge", "delete+insert", "microbatch");

    /// What config says of a merge beyond that.
    private static final List<String> DETAILS =
            List.of(
                    "merge_update_columns",
                    "merge_exclude_columns",
                    "incremental_predicates",
                    "predicates");

    /// Config that says nothing of the rows.
    private static final Set<String> BESIDE_THE_ROWS =
            Set.of("tags", "docs", "group", "access", "enabled", "deprecation_date");

    /// Kinds that hooks may change rows of, in a scratch.
    private static final Set<String> ADE_HAS = Set.of("table", "incremental");

    private Materializations() {}

    /// The name of the macro that such a block is: `materialization_NAME_ADAPTER`.
    static String macro(Definition definition) {
        return "materialization_" + definition.name() + "_" + adapter(definition);
    }

    /// The kind of a model that a macro makes; empty where it is one of ADE's own. A block that is not used is warned
    /// of.
    static Optional<Kind> kind(ModelFile model, Macros macros, Basics basics) {
        Config config = model.config();
        String word = config.word("materialized", "view");
        Optional<Definition> found = found(model, word, macros, basics);
        if (found.isPresent() && NEVER.contains(word)) {
            basics.context()
                    .warn(
                            "%s: the materialization %s is not used; ADE keeps such models itself"
                                    .formatted(found.get().location(), word));
            return Optional.empty();
        }
        return found.isPresent()
                        || isDetailed(model, word, macros, basics)
                        || (ADE_HAS.contains(word) && new TableHooks(config).change(macros))
                ? Optional.of(KindReader.custom(word, macro(model, word, macros, basics), config))
                : Optional.empty();
    }

    /// Whether it is built incrementally in a way that dbt's macros know and ADE's own kind does not.
    private static boolean isDetailed(ModelFile model, String word, Macros macros, Basics basics) {
        if (!word.equals("incremental")) {
            return false;
        }
        Config config = model.config();
        String strategy = config.word("incremental_strategy", "default");
        return STRATEGIES.contains(strategy)
                ? !strategy.equals("microbatch")
                        && DETAILS.stream().anyMatch(key -> config.values().get(key) != null)
                : macros.macro(owner(model, basics), strategy(strategy)).isPresent();
    }

    /// The macro that is a way to build incrementally.
    static String strategy(String name) {
        return "get_incremental_" + name.replace('+', '_') + "_sql";
    }

    private static String owner(ModelFile model, Basics basics) {
        return model.file().owner().orElse(basics.name());
    }

    private static Optional<Definition> found(
            ModelFile model, String word, Macros macros, Basics basics) {
        return BUILT_IN.contains(word)
                ? macros.materialization(List.of(macros.root()), word)
                : macros.materialization(owner(model, basics), word);
    }

    /// The block that makes a model of such a kind.
    static Definition definition(ModelFile model, String word, Macros macros, Basics basics) {
        return found(model, word, macros, basics)
                .or(() -> macros.materialization(List.of(Macros.OWN), word))
                .orElseThrow(() -> new IllegalStateException("no macro makes " + model.name()));
    }

    /// What the rows follow from beside the model's text: macros and config.
    private static Fingerprint macro(ModelFile model, String word, Macros macros, Basics basics) {
        Definition definition = definition(model, word, macros, basics);
        Map<String, String> config = new TreeMap<>();
        model.config()
                .values()
                .forEach((key, value) -> {
                    if (!BESIDE_THE_ROWS.contains(key)) {
                        config.put(key, String.valueOf(Answers.hash(value).orElse(null)));
                    }
                });
        if (new TableHooks(model.config()).read(macros, "graph")) {
            config.put("graph", basics.outline().get());
        }
        String strategy = strategy(model.config().word("incremental_strategy", "default"));
        return Fingerprint.of(macros.reached(Set.of(macro(definition), strategy)), config);
    }

    /// Hooks as templates see them: dbt's `pre_hooks` and `post_hooks` within a materialization.
    static List<Object> hooks(@Nullable Object declared) {
        return switch (declared) {
            case null -> List.of();
            case Collection<?> many -> many.stream().flatMap(one -> hooks(one).stream()).toList();
            case Map<?, ?> map ->
                    List.of(
                            Map.of(
                                    "sql",
                                    String.valueOf(map.get("sql")),
                                    "transaction",
                                    !Boolean.FALSE.equals(map.get("transaction"))));
            default -> List.of(Map.of("sql", declared.toString(), "transaction", true));
        };
    }

    private static String adapter(Definition definition) {
        return definition.extras().stream()
                .filter(extra -> extra.replace(" ", "").startsWith("adapter="))
                .map(extra -> extra.substring(extra.indexOf('=') + 1).replaceAll("['\" ]", ""))
                .findFirst()
                .orElse("default");
    }
}
