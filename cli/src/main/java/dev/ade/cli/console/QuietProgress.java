package dev.ade.cli.console;

import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.run.StepResult.State;
import dev.ade.spi.Checker;
import java.io.PrintStream;
import java.util.List;

/// Only what went wrong, on the standard error.
public final class QuietProgress implements RunListener {
    private final PrintStream err;
    private final Screen screen;
    private final StepLines lines;

    public QuietProgress(PrintStream err, Screen screen) {
        this.err = err;
        this.screen = screen;
        this.lines = new StepLines(screen);
    }

    @Override
    public synchronized void finished(StepResult result) {
        if (isWrong(result.state())) {
            lines.of(result).forEach(err::println);
        }
    }

    @Override
    public synchronized void judged(StepResult result, List<Checker.Result> late) {
        if (isWrong(result.state())) {
            lines.late(result, late).forEach(err::println);
        }
    }

    /// What is left to say in the end: nothing, where all is well.
    public void close(RunReport report) {
        if (report.exitStatus() != 0) {
            err.println(new Summary(screen).sentence(report));
        }
        err.flush();
    }

    private static boolean isWrong(State state) {
        return switch (state) {
            case WITHHELD, FAILED, CANCELLED -> true;
            case DONE, UNCHANGED, SKIPPED -> false;
        };
    }
}
