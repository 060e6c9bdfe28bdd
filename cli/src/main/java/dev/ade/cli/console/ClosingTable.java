package dev.ade.cli.console;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.run.StepResult.State;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a run did, in one table and one sentence.
public final class ClosingTable {
    /// Steps that are listed; the others are in `ade.steps`.
    public static final int LINES_MAX = 60;

    private static final List<String> HEAD =
            List.of("", "dataset", "kind", "rows", "changed intervals", "checks", "time");
    private static final int ROWS = 3;
    private static final int TIME = 6;

    private final PrintStream out;
    private final Screen screen;

    public ClosingTable(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    public void print(RunReport report) {
        List<StepResult> shown = shown(report.results());
        if (!shown.isEmpty()) {
            out.println();
            Grid grid = new Grid(screen, HEAD).right(ROWS).right(TIME);
            shown.forEach(result -> grid.row(cells(result)));
            grid.print(out);
            int more = report.results().size() - shown.size();
            if (more > 0) {
                out.println(
                        screen.dim("and %s more: %s".formatted(Words.number(more), where(report))));
            }
            out.println();
        }
        out.println(new Summary(screen).sentence(report));
        out.flush();
    }

    private static String where(RunReport report) {
        return report.run()
                .map(run -> "ade sql \"from ade.steps where run_id = %s\"".formatted(run))
                .orElse("see ade.steps");
    }

    /// Where not all fit, those that did not go well come first.
    private static List<StepResult> shown(List<StepResult> results) {
        if (results.size() <= LINES_MAX) {
            return results;
        }
        List<StepResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparing(result -> isWell(result.state())));
        return sorted.subList(0, LINES_MAX);
    }

    private static boolean isWell(State state) {
        return switch (state) {
            case DONE, UNCHANGED -> true;
            case WITHHELD, FAILED, SKIPPED, CANCELLED -> false;
        };
    }

    private List<String> cells(StepResult result) {
        return List.of(
                StepWords.mark(result.state(), screen),
                result.step().dataset().toString(),
                StepWords.kind(result.step()),
                result.state() == State.UNCHANGED ? "unchanged" : StepWords.rows(result),
                StepWords.intervals(result.intervals()),
                StepWords.checks(result.checks()),
                Words.duration(result.took()));
    }
}
