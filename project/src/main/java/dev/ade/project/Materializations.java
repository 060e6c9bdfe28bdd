package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.model.AdeException;
import java.util.List;

/// Names of `{% materialization … %}` blocks.
final class Materializations {
    private static final List<String> KINDS =
            List.of(
                    "view",
                    "table",
                    "incremental",
                    "ephemeral",
                    "snapshot",
                    "dimension",
                    "fact",
                    "day");

    private Materializations() {}

    /// The name of the macro that such a block is: `materialization_NAME_ADAPTER`.
    static String macro(Definition definition) {
        return "materialization_" + definition.name() + "_" + adapter(definition);
    }

    /// Refuses a model whose materialization is a macro: it would run statements of its own in a database, and what is
    /// stored here changes by a run as a whole. One that has the name of a built-in kind is left out, with a warning.
    static void requireBuiltIn(ModelFile model, Macros macros, Basics basics) {
        String word = model.config().word("materialized", "view");
        String owner = model.file().owner().orElse(basics.name());
        macros.materialization(owner, word)
                .ifPresent(definition -> {
                    if (!KINDS.contains(word)) {
                        throw AdeException.user(
                                        "Cannot build %s as %s: its materialization (%s) runs statements of its own, and only runs change what is stored"
                                                .formatted(
                                                        model.name(), word, definition.location()),
                                        "Use one of " + String.join(", ", KINDS))
                                .at(model.config().location());
                    }
                    basics.context()
                            .warn(
                                    "%s: the materialization %s is not used; ADE keeps such models itself"
                                            .formatted(definition.location(), word));
                });
    }

    private static String adapter(Definition definition) {
        return definition.extras().stream()
                .filter(extra -> extra.replace(" ", "").startsWith("adapter="))
                .map(extra -> extra.substring(extra.indexOf('=') + 1).replaceAll("['\" ]", ""))
                .findFirst()
                .orElse("default");
    }
}
