package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.ReportJson;
import dev.ade.model.AdeException;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
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
            "ade run does this too, and whatever else is not as it should be.",
            "Exit status: as of ade run; 2 where nothing has run yet."
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
        try (Ade ade = shell.opener().apply(project.options())) {
            Lake.RunRecord last = ade.lastRun().orElseThrow(() -> never(ade));
            return switch (last.state()) {
                case PUBLISHED, NOTHING_TO_DO -> nothing(last);
                case PARTLY_PUBLISHED, FAILED, CANCELLED -> retry(ade);
                case RUNNING, CRASHED -> throw unknown(last);
            };
        }
    }

    private int retry(Ade ade) {
        return new Runs(shell, project, json ? Watched.Output.JSON : Watched.Output.PEOPLE)
                .run(ade, RunRequest.unfinished(shell.command()));
    }

    private int nothing(Lake.RunRecord last) {
        String text = "nothing to retry: run %s published everything".formatted(last.run());
        if (json) {
            ReportJson.write(RunReport.nothing(text), shell.out());
        } else if (!shell.isQuiet()) {
            shell.out().println(text + ".");
        }
        return 0;
    }

    private static AdeException never(Ade ade) {
        return AdeException.user(
                "Cannot retry: nothing has run in environment %s yet".formatted(ade.environment()),
                "Build everything first: ade build");
    }

    private static AdeException unknown(Lake.RunRecord last) {
        String reason =
                last.state() == Lake.RunState.RUNNING
                        ? "it still goes on"
                        : "its process ended before it wrote down what it did";
        return AdeException.user(
                "Cannot retry run %s: %s".formatted(last.run(), reason),
                "ade build does whatever is not as it should be");
    }
}
