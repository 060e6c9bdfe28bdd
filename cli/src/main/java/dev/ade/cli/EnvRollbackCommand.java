package dev.ade.cli;

import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = {
            "Makes an environment read again what it read after a run: datasets, ledgers and what was loaded. It is a"
                    + " run of its own, so it can be undone the same way. Nothing is computed."
        },
        footer = {
            "",
            "Examples:",
            "  ade status                                the runs there were",
            "  ade env rollback prod --to 41 --plan",
            "  ade env rollback prod --to 41",
            "",
            "The project's files stay as they are: with the same definitions, the next run builds again what was",
            "rolled back. Go back in git too."
        })
final class EnvRollbackCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private MoveOptions options = new MoveOptions();

    @Parameters(paramLabel = "NAME", description = "The environment.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "RUN",
            required = true,
            description = "The run whose state is wanted.")
    private long run;

    EnvRollbackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return options.carryOut(
                shell,
                (environments, task) ->
                        environments.rollback(new EnvironmentName(name), new RunId(run), task),
                into ->
                        new MoveOptions.Said(
                                "Nothing to move: %s is as it was after run %d."
                                        .formatted(into, run),
                                ""));
    }
}
