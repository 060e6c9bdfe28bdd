package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Checker.Outcome;
import java.io.PrintStream;
import java.util.List;

/// What checks found, a line each, and one sentence.
public final class CheckTable {
    private final PrintStream out;
    private final Screen screen;

    public CheckTable(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    public void print(RunReport report) {
        List<Checker.Result> checks =
                report.results().stream().map(StepResult::checks).flatMap(List::stream).toList();
        if (checks.isEmpty()) {
            out.println("No checks apply to what is selected and published.");
            out.flush();
            return;
        }
        Grid grid =
                new Grid(screen, List.of("", "dataset", "check", "failures", "found"))
                        .right(3)
                        .openEnd();
        checks.forEach(check -> grid.row(cells(check)));
        out.println();
        grid.print(out);
        out.println();
        String sentence =
                Wording.count(checks.size(), "check") + ": " + StepWords.checks(checks) + ".";
        out.println(
                (report.exitStatus() == 0 ? screen.green(sentence) : screen.red(sentence))
                        + " "
                        + screen.dim("(" + Words.duration(report.took()) + ")"));
        out.flush();
    }

    private List<String> cells(Checker.Result check) {
        return List.of(
                mark(check.outcome()),
                check.check().dataset().toString(),
                check.check().name(),
                check.failures() == 0 ? "" : Words.number(check.failures()),
                check.message());
    }

    private String mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> screen.green("✓");
            case WARN -> screen.yellow("!");
            case FAIL, ERROR -> screen.red("✗");
            case SKIPPED -> screen.dim("-");
        };
    }
}
