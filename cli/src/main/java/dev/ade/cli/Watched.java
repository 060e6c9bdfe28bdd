package dev.ade.cli;

import dev.ade.cli.console.LiveProgress;
import dev.ade.cli.console.PlainProgress;
import dev.ade.cli.console.QuietProgress;
import dev.ade.cli.console.ReportJson;
import dev.ade.cli.console.Screen;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/// Something long that a person watches, and may stop with Ctrl-C.
///
/// @param stop what the first Ctrl-C does; the second ends the program at once, which loses nothing
record Watched(Shell shell, Runnable stop) {
    private static final int EXIT_STATUS_CANCELLED = 130;

    /// How the outcome is shown.
    enum Output {
        PEOPLE,
        JSON
    }

    /// @param work is told whom to tell what it does
    RunReport run(Output output, Function<RunListener, RunReport> work, Consumer<RunReport> close) {
        return switch (output) {
            case JSON -> json(work);
            case PEOPLE -> shell.isQuiet() ? quiet(work) : people(work, close);
        };
    }

    private RunReport json(Function<RunListener, RunReport> work) {
        RunReport report = stoppable(() -> work.apply(RunListener.NONE), () -> {});
        ReportJson.write(report, shell.out());
        return report;
    }

    private RunReport quiet(Function<RunListener, RunReport> work) {
        QuietProgress progress = new QuietProgress(shell.err(), shell.screen());
        RunReport report = stoppable(() -> work.apply(progress), () -> {});
        progress.close(report);
        return report;
    }

    private RunReport people(Function<RunListener, RunReport> work, Consumer<RunReport> close) {
        RunReport report =
                switch (shell.screen().motion()) {
                    case STILL -> still(work);
                    case LIVE -> live(work);
                };
        close.accept(report);
        return report;
    }

    private RunReport still(Function<RunListener, RunReport> work) {
        RunListener progress = new PlainProgress(shell.out(), shell.screen());
        return stoppable(() -> work.apply(progress), () -> {});
    }

    private RunReport live(Function<RunListener, RunReport> work) {
        try (LiveProgress progress = new LiveProgress(shell.out(), shell.screen())) {
            return stoppable(() -> work.apply(progress), progress::cancelling);
        }
    }

    /// Does something whose progress nobody shows.
    <T> T run(Supplier<T> work) {
        return stoppable(work, () -> {});
    }

    private <T> T stoppable(Supplier<T> work, Runnable told) {
        Object signal = Signals.register("INT", new Interruption(told)::count);
        try {
            return work.get();
        } finally {
            Signals.unregister("INT", signal);
        }
    }

    /// Ends the program as it is, with the terminal as it was.
    static void end(Shell shell) {
        if (shell.screen().motion() == Screen.Motion.LIVE) {
            shell.out().print(LiveProgress.RESTORE);
            shell.out().flush();
        }
        Runtime.getRuntime().halt(EXIT_STATUS_CANCELLED);
    }

    /// The first Ctrl-C asks, the second insists: what is not published is swept up later.
    private final class Interruption {
        private final AtomicInteger times = new AtomicInteger();
        private final Runnable told;

        Interruption(Runnable told) {
            this.told = told;
        }

        void count() {
            if (times.incrementAndGet() == 1) {
                told.run();
                stop.run();
            } else {
                end(shell);
            }
        }
    }
}
