package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.PlanTable;
import dev.ade.cli.console.ReviewJson;
import dev.ade.cli.console.ReviewMarkdown;
import dev.ade.cli.console.ReviewText;
import dev.ade.run.PlanReview;
import dev.ade.run.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "Shows what changed, what would run, and why. Changes nothing.",
        footer = {
            "",
            "Examples:",
            "  ade plan",
            "  ade plan +revenue_r           one report and what it is made from",
            "  ade plan --all                with what is current, and why",
            "  ade plan --json | jq '.changes[] | select(.nature == \"breaking\").dataset'",
            "  ade plan --markdown > comment.md",
            "",
            "Exit status: 0; with --detailed-exitcode 10 where anything would change."
        })
final class PlanCommand implements Callable<Integer> {
    /// With `--detailed-exitcode`, where anything would change.
    static final int EXIT_STATUS_CHANGES = 10;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private HistoryOptions history = new HistoryOptions();

    @Option(
            names = {"--full-refresh", "-f"},
            description = "As if everything selected had to be made again.")
    private boolean fullRefresh;

    @Option(
            names = {"-a", "--all"},
            description = "List what is current too.")
    private boolean all;

    @Option(names = "--json", description = "Print the plan as one JSON object.")
    private boolean json;

    @Option(names = "--markdown", description = "Print it as a comment for a pull request.")
    private boolean markdown;

    @Option(
            names = "--detailed-exitcode",
            description = "End with status 10 where anything would change, 0 where nothing would.")
    private boolean detailed;

    PlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request =
                selection
                        .request(
                                fullRefresh ? RunRequest.Refresh.FULL : RunRequest.Refresh.CHANGED,
                                shell.command())
                        .with(history.choice());
        try (Ade ade = shell.opener().apply(project.options())) {
            PlanReview review = ade.review(request);
            print(review);
            return detailed && review.hasChanges() ? EXIT_STATUS_CHANGES : 0;
        }
    }

    private void print(PlanReview review) {
        if (json) {
            ReviewJson.write(review, shell.out());
        } else if (markdown) {
            new ReviewMarkdown(shell.out()).print(review);
        } else {
            new ReviewText(shell.out(), shell.screen())
                    .print(review, all ? PlanTable.Current.LISTED : PlanTable.Current.COUNTED);
        }
    }
}
