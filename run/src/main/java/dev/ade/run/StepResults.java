package dev.ade.run;

import dev.ade.spi.Checker;
import java.time.Duration;
import java.util.List;

/// Makes step results.
final class StepResults {
    /// Why a step was not begun after a failure.
    static final String STOPPED = "not begun: something failed before (--fail-fast)";

    private StepResults() {}

    /// A result of a step that changed nothing.
    static StepResult without(Step step, StepResult.State state, String message, Duration took) {
        return new StepResult(
                step, state, -1, -1, 0, 0, List.of(), List.of(), List.of(), List.of(), message,
                took);
    }

    static StepResult with(
            StepResult result,
            StepResult.State state,
            List<Checker.Result> checks,
            String message) {
        return new StepResult(
                result.step(),
                state,
                result.rowsRead(),
                result.rows(),
                result.rowsWritten(),
                result.rowsRejected(),
                result.intervals(),
                checks,
                result.decisions(),
                result.notes(),
                message,
                result.took());
    }
}
