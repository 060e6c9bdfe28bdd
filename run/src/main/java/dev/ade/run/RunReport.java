package dev.ade.run;

import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Lake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of a run.
///
/// @param run empty where there was nothing to do
/// @param state how it ended
/// @param results one a step, in the order they ended
/// @param published datasets that readers now see anew
/// @param withheld datasets that they do not
/// @param message one sentence
/// @param took from asking to end
/// @param notes worth a word besides, such as events that were not delivered
public record RunReport(
        Optional<RunId> run,
        Lake.RunState state,
        Plan plan,
        List<StepResult> results,
        List<TableName> published,
        List<TableName> withheld,
        String message,
        Duration took,
        List<String> notes) {
    public RunReport {
        notes = List.copyOf(notes);
        results = List.copyOf(results);
        published = List.copyOf(published);
        withheld = List.copyOf(withheld);
    }

    public RunReport(
            Optional<RunId> run,
            Lake.RunState state,
            Plan plan,
            List<StepResult> results,
            List<TableName> published,
            List<TableName> withheld,
            String message,
            Duration took) {
        this(run, state, plan, results, published, withheld, message, took, List.of());
    }

    /// Of something that had nothing to do, and made no plan.
    public static RunReport nothing(String message) {
        return new RunReport(
                Optional.empty(),
                Lake.RunState.NOTHING_TO_DO,
                new Plan(List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                message,
                Duration.ZERO);
    }

    public RunReport withNotes(List<String> other) {
        return new RunReport(run, state, plan, results, published, withheld, message, took, other);
    }

    /// 0 all well, 1 something was withheld or failed.
    public int exitStatus() {
        return switch (state) {
            case PUBLISHED, NOTHING_TO_DO -> 0;
            case CANCELLED -> 130;
            case RUNNING, PARTLY_PUBLISHED, FAILED, CRASHED -> 1;
        };
    }
}
