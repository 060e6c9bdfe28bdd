package dev.ade.cli.console;

import dev.ade.run.Plan;
import dev.ade.run.Step;
import java.io.PrintStream;
import java.util.List;

/// A plan for people: each step with how much it does, and why.
public final class PlanTable {
    private final PrintStream out;
    private final Screen screen;

    /// What becomes of datasets with nothing to do.
    public enum Current {
        COUNTED,
        LISTED
    }

    public PlanTable(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    public void print(Plan plan, Current current) {
        warnings(plan);
        if (plan.isEmpty()) {
            out.println(
                    screen.green("Nothing to do")
                            + (plan.current().isEmpty()
                                    ? "."
                                    : ": " + PlanWords.current(plan) + "."));
        } else {
            steps(plan);
        }
        if (current == Current.LISTED) {
            current(plan);
        }
        out.flush();
    }

    void warnings(Plan plan) {
        plan.warnings().forEach(it -> out.println(screen.yellow("warning: ") + Words.oneLine(it)));
    }

    private void steps(Plan plan) {
        Grid grid = new Grid(screen, List.of("dataset", "kind", "does", "because")).openEnd();
        for (Step step : plan.steps()) {
            grid.row(
                    List.of(
                            step.dataset().toString(),
                            StepWords.kind(step),
                            StepWords.action(step) + " " + StepWords.extent(step),
                            step.reason()));
        }
        grid.print(out);
        out.println();
        out.println(PlanWords.opening(plan) + ".");
    }

    void current(Plan plan) {
        if (plan.current().isEmpty()) {
            return;
        }
        out.println();
        Grid grid = new Grid(screen, List.of("current", "because")).openEnd();
        plan.current().forEach(it -> grid.row(List.of(it.dataset().toString(), it.reason())));
        grid.print(out);
    }
}
