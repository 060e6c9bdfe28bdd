package dev.ade.cli.console;

import dev.ade.run.Plan;
import dev.ade.run.RunListener;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import java.io.PrintStream;
import java.util.List;

/// A run as lines that stay: one when a step ends. For logs and pipes.
public final class PlainProgress implements RunListener {
    private final PrintStream out;
    private final StepLines lines;

    public PlainProgress(PrintStream out, Screen screen) {
        this.out = out;
        this.lines = new StepLines(screen);
    }

    @Override
    public void planned(Plan plan) {
        plan.warnings().forEach(warning -> out.println("warning: " + Words.oneLine(warning)));
        if (!plan.isEmpty()) {
            PlanWords.decisions(plan).forEach(out::println);
            out.println(PlanWords.opening(plan));
        }
        out.flush();
    }

    @Override
    public synchronized void finished(StepResult result) {
        print(lines.of(result));
    }

    @Override
    public synchronized void judged(StepResult result, List<Checker.Result> late) {
        print(lines.late(result, late));
    }

    @Override
    public synchronized void said(String text) {
        print(Words.lines(text));
    }

    private void print(List<String> some) {
        some.forEach(out::println);
        out.flush();
    }
}
