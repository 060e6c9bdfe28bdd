package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Outcome;
import dev.ade.app.AdeEnvironments.Task;
import dev.ade.model.EnvironmentName;
import dev.ade.run.environment.Mover.Effect;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "refresh",
        description = {
            "Takes over what the environment that this one was made from has published since. Datasets that this one"
                    + " defines in its own way stay; its next run brings them up to date."
        },
        footer = {
            "",
            "Examples:",
            "  ade env refresh dev --plan",
            "  ade env refresh dev && ade run -e dev"
        })
final class EnvRefreshCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private FolderOptions project = new FolderOptions();

    @Parameters(paramLabel = "NAME", description = "The environment that is brought up to date.")
    private String name = "";

    @Option(names = "--plan", description = "Show what would move, and leave it.")
    private boolean plan;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    EnvRefreshCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Effect effect = plan ? Effect.PLAN : Effect.MOVE;
        try (Ade ade = shell.opener().apply(project.options(Optional.empty()))) {
            Outcome outcome =
                    ade.environments()
                            .refresh(new EnvironmentName(name), new Task(effect, shell.command()));
            MoveReport report = new MoveReport(shell, outcome, effect);
            if (json) {
                report.write();
            } else {
                report.print(
                        "Nothing to move: %s is up to date.".formatted(name),
                        "Kept as %1$s made them, for ade run -e %1$s to bring up to date"
                                .formatted(name));
            }
        }
        return 0;
    }
}
