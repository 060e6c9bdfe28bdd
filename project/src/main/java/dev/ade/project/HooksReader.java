package dev.ade.project;

import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.spi.Compiler.Hook;
import dev.ade.spi.Compiler.Hooks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads dbt's hooks, and says of each of their statements what it means here.
final class HooksReader {
    private static final Set<String> READS =
            Set.of("select", "with", "from", "values", "show", "describe", "explain", "(");

    /// What other databases need and a lake does not: rights, indexes, statistics, transactions.
    private static final Set<String> MEANS_NOTHING =
            Set.of(
                    "grant",
                    "revoke",
                    "analyze",
                    "vacuum",
                    "comment",
                    "begin",
                    "commit",
                    "checkpoint",
                    "use",
                    "reset",
                    "reindex",
                    "cluster",
                    "optimize");

    private static final Pattern PREPARES =
            Pattern.compile(
                    "(create (or replace )?(temp |temporary )?(macro|function)|create (or replace )?(temp|temporary) (table|view|macro)|set variable) .*",
                    Pattern.DOTALL);
    private static final Pattern MEANS_NOTHING_TOO =
            Pattern.compile(
                    "(create (unique )?index|create schema|set (?!variable)|alter session|refresh ).*",
                    Pattern.DOTALL);

    private final Function<Template, String> render;
    private final String owner;
    private final Location location;

    /// @param render makes the text of a hook
    /// @param owner whose hooks they are, for people
    HooksReader(Function<Template, String> render, String owner, Location location) {
        this.render = render;
        this.owner = owner;
        this.location = location;
    }

    static boolean isHook(String key) {
        return switch (key.startsWith("+") ? key.substring(1) : key) {
            case "pre-hook", "pre_hook", "post-hook", "post_hook" -> true;
            default -> key.equals("on-run-start") || key.equals("on-run-end");
        };
    }

    Hooks read(@Nullable Object before, @Nullable Object after) {
        return new Hooks(hooks(before), hooks(after));
    }

    /// A text, a mapping with `sql`, or several of either.
    private List<Hook> hooks(@Nullable Object declared) {
        return switch (declared) {
            case null -> List.of();
            case Collection<?> many -> {
                List<Hook> hooks = new ArrayList<>();
                many.forEach(one -> hooks.addAll(hooks(one)));
                yield hooks;
            }
            case Map<?, ?> map -> hooks(map.get("sql"));
            default -> statements(declared.toString());
        };
    }

    private List<Hook> statements(String text) {
        String sql = render.apply(Template.parse(location.file(), text, Syntax.DBT));
        return SqlText.statements(sql).stream()
                .map(statement -> new Hook(statement, effect(statement)))
                .toList();
    }

    private Hook.Effect effect(String statement) {
        String words = SqlText.normalised(statement).strip().toLowerCase(Locale.ROOT);
        String first = words.split(" ", 2)[0];
        if (READS.contains(first)) {
            return Hook.Effect.READS;
        } else if (PREPARES.matcher(words).matches()) {
            return Hook.Effect.PREPARES;
        } else if (MEANS_NOTHING.contains(first) || MEANS_NOTHING_TOO.matcher(words).matches()) {
            return Hook.Effect.NOTHING;
        }
        String brief = words.length() > 60 ? words.substring(0, 59) + "…" : words;
        throw AdeException.user(
                        "Cannot run a hook of %s: it would change data outside of what the run publishes, was '%s'"
                                .formatted(owner, brief),
                        "Make it a model, or remove the hook")
                .at(location);
    }
}
