package dev.ade.cli;

import dev.ade.run.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        description = "Runs what failed, was withheld or was skipped in the last run.",
        footer = {
            "",
            "Example:",
            "  ade retry",
            "",
            "ade run does this too, and whatever else is not as it should be."
        })
final class RetryCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--json",
            description = "Print the report as one JSON object instead of progress.")
    private boolean json;

    RetryCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return new Runs(shell, project, json ? Watched.Output.JSON : Watched.Output.PEOPLE)
                .run(RunRequest.unfinished(shell.command()));
    }
}
