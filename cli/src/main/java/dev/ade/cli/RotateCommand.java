package dev.ade.cli;

import dev.ade.app.Ade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rotate",
        description = {
            "Makes a new key for tokens. Old tokens can still be revealed, and pseudonyms stay as they are.",
            "A value has another token from then on: what is loaded already does not join by it with what comes,"
                    + " until ade run --full-refresh has loaded all again."
        },
        footer = {"", "Example:", "  ade privacy rotate"})
final class RotateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    RotateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            int version = ade.rotateKeys();
            shell.out().printf("New tokens are made with version %d of the keys.%n", version);
            shell.out()
                    .println(
                            "What is loaded already does not join by its tokens with what comes, until all is loaded again:"
                                    + " ade run --full-refresh");
        }
        return 0;
    }
}
