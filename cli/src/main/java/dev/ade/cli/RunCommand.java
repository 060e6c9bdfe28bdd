package dev.ade.cli;

import dev.ade.run.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `ade run`, and `ade build` for those who come from dbt.
@Command(
        description =
                "Makes it so: loads, builds, profiles, checks and publishes what has changed.",
        footer = {
            "",
            "Examples:",
            "  ${COMMAND-FULL-NAME}                            everything that is not as it should be",
            "  ${COMMAND-FULL-NAME} +revenue_r                 one report and what it is made from",
            "  ${COMMAND-FULL-NAME} tag:nightly --exclude big_f+",
            "  ${COMMAND-FULL-NAME} --full-refresh order_f",
            "  ${COMMAND-FULL-NAME} --forward-only=order_f     its query changed; keep the rows it has",
            "  ${COMMAND-FULL-NAME} --restate shop.order_f --from 2026-01-01 --to 2026-01-08",
            "",
            "ade run and ade build are one: seeds, models, snapshots and their checks, in one transaction.",
            "Exit status: 0 published or nothing to do, 1 something failed or was withheld, 130 cancelled."
        })
final class RunCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private RunOptions options = new RunOptions();

    @Mixin private TypeOptions types = new TypeOptions();

    @Mixin private HistoryOptions history = new HistoryOptions();

    @Mixin private RestateOptions restate = new RestateOptions();

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request = options.request(types.types(), shell).with(history.choice());
        return new Runs(shell, project, options.output())
                .run(restate.restatement().map(request::restating).orElse(request));
    }
}
