package dev.ade.cli;

import dev.ade.model.EnvironmentName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private MoveOptions options = new MoveOptions();

    @Parameters(paramLabel = "NAME", description = "The environment that is brought up to date.")
    private String name = "";

    EnvRefreshCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return options.carryOut(
                shell,
                (environments, task) -> environments.refresh(new EnvironmentName(name), task),
                into ->
                        new MoveOptions.Said(
                                "Nothing to move: %s is up to date.".formatted(into),
                                "Kept as %1$s made them, for ade run -e %1$s to bring up to date"
                                        .formatted(into)));
    }
}
