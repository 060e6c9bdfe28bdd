package dev.ade.run.build;

import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.spi.Compiler;
import dev.ade.spi.Draft;
import dev.ade.spi.Engine;
import dev.ade.spi.Progress;
import java.time.Instant;
import java.util.function.Predicate;
import dev.ade.model.TableName;

/// What a build works with.
///
/// @param isTimed tells inputs whose rows can be told apart by event time
/// @param now the instant of the run: when a slowly changing row changed
public record BuildContext(
        Compiler.CompiledProject compiled,
        Model model,
        Draft draft,
        Engine engine,
        Predicate<TableName> isTimed,
        Progress progress,
        Instant now,
        Sessions sessions) {
    Project project() {
        return compiled.project();
    }
}
