package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.ClosingTable;
import dev.ade.cli.console.Screen;
import dev.ade.model.AdeException;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.HistoryChoice;
import dev.ade.run.RunRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description =
                "Makes it so: loads, builds, profiles, checks and publishes what has changed.",
        footer = {
            "",
            "Examples:",
            "  ade run                                     everything that is not as it should be",
            "  ade run +revenue_r                          one report and what it is made from",
            "  ade run tag:nightly --exclude big_f+",
            "  ade run --full-refresh order_f",
            "  ade run --forward-only=order_f              its query changed; keep the rows it has",
            "  ade run --restate shop.order_f --from 2026-01-01 --to 2026-01-08",
            "",
            "Exit status: 0 published or nothing to do, 1 something failed or was withheld, 130 cancelled."
        })
final class RunCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private HistoryOptions history = new HistoryOptions();

    @Option(
            names = {"--full-refresh", "-f"},
            description = "Make what is selected again, from scratch.")
    private boolean fullRefresh;

    @Option(
            names = "--restate",
            paramLabel = "DATASET",
            description = "Fill intervals of a fact or day model again, with everything below.")
    private Optional<String> restate = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Where the restatement starts; UTC.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "Where it ends, exclusively; UTC.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--json",
            description = "Print the report as one JSON object instead of progress.")
    private boolean json;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest asked = request();
        try (Ade ade = shell.opener().apply(project.options())) {
            RunRequest request = mayAsk(asked) ? asked.with(ask(ade, asked)) : asked;
            return new Watched(shell, ade::cancel)
                    .run(
                            json ? Watched.Output.JSON : Watched.Output.PEOPLE,
                            listener -> ade.run(request, listener),
                            new ClosingTable(shell.out(), shell.screen())::print)
                    .exitStatus();
        }
    }

    /// Only a person who watches can answer, and only who has not said already need.
    private boolean mayAsk(RunRequest request) {
        return !json
                && !fullRefresh
                && shell.keyboard() == Shell.Keyboard.PERSON
                && shell.screen().motion() == Screen.Motion.LIVE
                && request.history().equals(HistoryChoice.NONE);
    }

    private HistoryChoice ask(Ade ade, RunRequest request) {
        return new Questions(shell).ask(ade.plan(request));
    }

    private RunRequest request() {
        RunRequest request =
                selection
                        .request(
                                fullRefresh ? RunRequest.Refresh.FULL : RunRequest.Refresh.CHANGED,
                                shell.command())
                        .with(history.choice());
        return restatement().map(request::restating).orElse(request);
    }

    private Optional<RunRequest.Restatement> restatement() {
        if (restate.isEmpty() && from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (restate.isEmpty() || from.isEmpty() || to.isEmpty()) {
            throw AdeException.user(
                    "Cannot restate: --restate, --from and --to belong together",
                    "Try ade run --restate shop.order_f --from 2026-01-01 --to 2026-01-08");
        }
        Interval interval =
                new Interval(Moments.eventTime(from.get()), Moments.eventTime(to.get()));
        return Optional.of(new RunRequest.Restatement(TableName.parse(restate.get()), interval));
    }
}
