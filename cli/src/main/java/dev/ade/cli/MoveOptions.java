package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments;
import dev.ade.app.AdeEnvironments.Outcome;
import dev.ade.app.AdeEnvironments.Task;
import dev.ade.model.EnvironmentName;
import dev.ade.run.environment.Mover.Effect;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Options of every command that makes an environment read something else, and how they are carried out.
final class MoveOptions extends FolderOptions {
    @Option(names = "--plan", description = "Show what would move, and leave it.")
    private boolean plan;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    /// @param idle what to say where there is nothing to move
    /// @param others what to say of datasets that stay as they are, before their names
    record Said(String idle, String others) {}

    /// @param said by the environment that things move into
    /// @return the exit status
    int carryOut(
            Shell shell,
            BiFunction<AdeEnvironments, Task, Outcome> move,
            Function<EnvironmentName, Said> said) {
        Effect effect = plan ? Effect.PLAN : Effect.MOVE;
        try (Ade ade = shell.opener().apply(options(Optional.empty()))) {
            Outcome outcome = move.apply(ade.environments(), new Task(effect, shell.command()));
            MoveReport report = new MoveReport(shell, outcome, effect);
            if (json) {
                report.write();
            } else {
                report.print(said.apply(outcome.moved().transfer().into()));
            }
        }
        return 0;
    }
}
