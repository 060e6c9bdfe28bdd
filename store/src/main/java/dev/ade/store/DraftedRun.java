package dev.ade.store;

import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import java.util.Set;

/// The run that a draft is of.
///
/// @param beside others of this machine that were going on when it began
record DraftedRun(RunId id, EnvironmentName environment, Set<RunId> beside) {
    DraftedRun {
        beside = Set.copyOf(beside);
    }
}
