package dev.ade.cli;

import dev.ade.app.Ade;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rotate",
        description = {
            "Makes a new key for tokens. Old tokens can still be revealed; pseudonyms stay as they are, so that"
                    + " tables still join."
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
        }
        return 0;
    }
}
