package dev.ade.project;

import dev.ade.project.manifest.TemplateText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the hooks of a model do to it, as far as their text tells.
final class TableHooks {
    private static final Set<String> CHANGES =
            Set.of("insert", "update", "delete", "merge", "truncate", "alter");

    /// Names by which macros have statements run.
    private static final Set<String> RUNS = Set.of("statement", "run_query");

    private final List<String> texts = new ArrayList<>();

    TableHooks(Config config) {
        for (String key : List.of("pre_hook", "post_hook")) {
            for (Object hook : Materializations.hooks(config.values().get(key))) {
                texts.add(String.valueOf(((Map<?, ?>) hook).get("sql")));
            }
        }
    }

    /// Whether they change rows themselves, or call macros that may.
    boolean change(Macros macros) {
        return texts.stream().anyMatch(TableHooks::isChange) || macros.isReached(called(), RUNS);
    }

    /// Whether macros that they call read such a name.
    boolean read(Macros macros, String name) {
        return macros.isReached(called(), Set.of(name));
    }

    private static boolean isChange(String text) {
        return CHANGES.contains(SqlText.firstWord(text).toLowerCase(Locale.ROOT));
    }

    private Set<String> called() {
        return TemplateText.calls(String.join("\n", texts), (_, name) -> Optional.of(name));
    }
}
