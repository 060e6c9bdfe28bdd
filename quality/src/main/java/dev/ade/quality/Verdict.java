package dev.ade.quality;

import dev.ade.model.CheckSpec.Options;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.spi.Checker.Outcome;

/// What a number of failures means, as dbt says: `error_if` counts where the severity is error, `warn_if` in any
/// case.
public final class Verdict {
    private Verdict() {}

    public static Outcome of(long failures, Options options) {
        if (options.severity() == Severity.ERROR && options.errorIf().isPassedBy(failures)) {
            return Outcome.FAIL;
        }
        return options.warnIf().isPassedBy(failures) ? Outcome.WARN : Outcome.PASS;
    }
}
