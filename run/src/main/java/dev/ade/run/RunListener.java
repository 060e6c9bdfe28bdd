package dev.ade.run;

import dev.ade.model.RunId;

/// Told what a run does, as it does it. Called from any thread; must return quickly.
public interface RunListener {
    RunListener NONE = new RunListener() {};

    default void planned(Plan plan) {}

    default void begun(RunId run) {}

    default void started(Step step) {}

    /// @param phase what is going on: "reading 3 files"; empty where there is nothing to say
    /// @param share 0 to 1, below 0 where it is not known
    /// @param rows so far, below 0 where it is not known
    default void progressed(Step step, String phase, double share, long rows) {}

    default void finished(StepResult result) {}

    default void publishing() {}

    default void ended(RunReport report) {}
}
