package dev.ade.run;

import dev.ade.spi.Checker;
import dev.ade.spi.LakeView;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Makes step results.
final class StepResults {
    /// Why a step was not begun after a failure.
    static final String STOPPED = "not begun: something failed before (--fail-fast)";

    private static final String VIEW_STAYS =
            "its query stays as it was published, and shows what its inputs hold now: a table would keep its rows";

    private StepResults() {}

    /// A result of a step that changed nothing.
    static StepResult without(Step step, StepResult.State state, String message, Duration took) {
        return new StepResult(
                step, state, -1, -1, 0, 0, List.of(), List.of(), List.of(), List.of(), message,
                took);
    }

    /// What is said of a step that is withheld: of a view only the query stays as it was.
    ///
    /// @param before what is published
    static List<String> withheld(Step step, List<String> notes, LakeView before) {
        return step.isOfView() && before.state(step.dataset()).isPresent()
                ? Stream.concat(notes.stream(), Stream.of(VIEW_STAYS)).toList()
                : notes;
    }

    static StepResult with(
            StepResult result,
            StepResult.State state,
            List<Checker.Result> checks,
            List<String> notes,
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
                notes,
                message,
                result.took());
    }
}
