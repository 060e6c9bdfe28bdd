package dev.ade.run.build;

import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.lineage.TimedBy;
import dev.ade.spi.Compiler;
import dev.ade.spi.Draft;
import dev.ade.spi.Watcher;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What a build works with.
///
/// @param isTimed tells inputs whose rows can be told apart by event time
/// @param timedBy finds out whose event time the model has
/// @param now the instant of the run: when a slowly changing row changed
/// @param hidden columns whose values in rows of before must not stay, as they were treated otherwise
/// @param renewals how columns of its key that are tokens are compared
/// @param watcher sees the rows of what is made anew as a whole
public record BuildContext(
        Compiler.CompiledProject compiled,
        Model model,
        Draft draft,
        Predicate<TableName> isTimed,
        Supplier<TimedBy> timedBy,
        Instant now,
        Sessions sessions,
        Set<String> hidden,
        Renewals renewals,
        Watcher watcher) {
    public BuildContext {
        hidden = Set.copyOf(hidden);
    }

    Project project() {
        return compiled.project();
    }

    /// The model's query, whose template may ask the draft meanwhile.
    String compile(Compiler.Situation situation) {
        try (AskedDatabase database = new AskedDatabase(sessions, draft)) {
            return compiled.compile(model, situation.with(database));
        }
    }
}
