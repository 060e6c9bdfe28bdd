package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.ClosingTable;
import dev.ade.cli.console.Screen;
import dev.ade.run.HistoryChoice;
import dev.ade.run.RunRequest;

/// Runs a request and shows how it goes.
record Runs(Shell shell, ProjectOptions project, Watched.Output output) {
    /// Gives the exit status.
    int run(RunRequest asked) {
        try (Ade ade = shell.opener().apply(project.options())) {
            return run(ade, asked);
        }
    }

    /// The same where the project is open already.
    int run(Ade ade, RunRequest asked) {
        RunRequest request = mayAsk(asked) ? asked.with(ask(ade, asked)) : asked;
        return new Watched(shell, ade::cancel)
                .run(
                        output,
                        listener -> ade.run(request, listener),
                        new ClosingTable(shell.out(), shell.screen())::print)
                .exitStatus();
    }

    /// Only a person who watches can answer, and only who has not said already need.
    private boolean mayAsk(RunRequest request) {
        return output == Watched.Output.PEOPLE
                && request.refresh() == RunRequest.Refresh.CHANGED
                && shell.keyboard() == Shell.Keyboard.PERSON
                && shell.screen().motion() == Screen.Motion.LIVE
                && !shell.isQuiet()
                && request.history().equals(HistoryChoice.NONE);
    }

    private HistoryChoice ask(Ade ade, RunRequest request) {
        return new Questions(shell).ask(ade.plan(request));
    }
}
