package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.PlanTable;
import dev.ade.cli.console.ReportJson;
import dev.ade.run.Plan;
import dev.ade.run.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "Shows what would run, and why. Changes nothing.",
        footer = {
            "",
            "Examples:",
            "  ade plan",
            "  ade plan +revenue_r           one report and what it is made from",
            "  ade plan --all                with what is current, and why",
            "  ade plan --json | jq '.steps[].dataset'"
        })
final class PlanCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

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

    PlanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request =
                selection.request(
                        fullRefresh ? RunRequest.Refresh.FULL : RunRequest.Refresh.CHANGED,
                        shell.command());
        try (Ade ade = shell.opener().apply(project.options())) {
            Plan plan = ade.plan(request);
            if (json) {
                ReportJson.write(plan, shell.out());
            } else {
                PlanTable table = new PlanTable(shell.out(), shell.screen());
                table.print(plan, all ? PlanTable.Current.LISTED : PlanTable.Current.COUNTED);
            }
        }
        return 0;
    }
}
