package dev.ade.run;

import dev.ade.model.RunId;
import dev.ade.spi.Checker;
import java.util.List;

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

    /// Told of a step after `finished`: checks ran that had to wait for other datasets, or it is withheld because of one.
    ///
    /// @param result as it is now, with all its checks
    /// @param late what those checks found; none where another dataset takes it along
    default void judged(StepResult result, List<Checker.Result> late) {}

    /// A template wrote this for people (`print(…)`, or `log(…, info=true)`), or the run begins anew for this reason.
    default void said(String text) {}

    default void publishing() {}

    default void ended(RunReport report) {}
}
