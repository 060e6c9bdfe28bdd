package dev.ade.run;

import dev.ade.model.Interval;
import dev.ade.spi.Checker;
import dev.ade.spi.Privacy;
import java.time.Duration;
import java.util.List;

/// What became of a step.
///
/// @param rowsRead of loads; else -1
/// @param rows that the dataset holds afterwards, -1 where that is not known (views)
/// @param rowsWritten by this step
/// @param rowsRejected of loads
/// @param intervals that were filled
/// @param checks that ran
/// @param decisions about privacy, of loads
/// @param notes worth a word, such as drift
/// @param message what went wrong, or why it was skipped; empty where all is well
public record StepResult(
        Step step,
        State state,
        long rowsRead,
        long rows,
        long rowsWritten,
        long rowsRejected,
        List<Interval> intervals,
        List<Checker.Result> checks,
        List<Privacy.Decision> decisions,
        List<String> notes,
        String message,
        Duration took) {
    public StepResult {
        intervals = List.copyOf(intervals);
        checks = List.copyOf(checks);
        decisions = List.copyOf(decisions);
        notes = List.copyOf(notes);
    }

    public enum State {
        DONE,
        /// Its inputs came out as they were, so there was nothing to do.
        UNCHANGED,
        /// Done, but checks of severity error failed: it is withheld, with everything below it.
        WITHHELD,
        /// It threw.
        FAILED,
        /// Something it reads failed or was withheld.
        SKIPPED,
        CANCELLED
    }
}
