package dev.ade.run.environment;

import dev.ade.model.EnvironmentName;
import dev.ade.spi.Lake;
import java.util.List;
import java.util.Optional;

/// The run that says whether an environment is in order.
public final class LastRun {
    /// What the record of a refresh says; it tells nothing about whether the environment is in order.
    static final String REFRESHED = "brought up to date with ";

    /// What the record of forgetting people begins with; it tells nothing of that either.
    public static final String FORGOT = "forgot ";

    /// What the record of retention begins with; nor does it.
    public static final String RETAINED = "retention: ";

    /// What the record of reading from the vault begins with; nor does it.
    public static final String VAULT = "vault: ";

    /// What the record of dropping datasets begins with; nor does it.
    static final String DROPPED = "dropped ";

    private static final int LOOKED_AT_MAX = 50;

    private LastRun() {}

    /// The last run of an environment; empty where there was none.
    public static Optional<Lake.RunRecord> of(Lake lake, EnvironmentName environment) {
        List<Lake.RunRecord> runs = lake.runs(environment, LOOKED_AT_MAX);
        return runs.stream()
                .filter(run -> !run.message().contains(REFRESHED))
                .filter(run -> !run.message().startsWith(FORGOT))
                .filter(run -> !run.message().startsWith(RETAINED))
                .filter(run -> !run.message().startsWith(VAULT))
                .filter(run -> !run.message().startsWith(DROPPED))
                .findFirst();
    }

    /// The last run of an environment, if it was left unfinished: it failed, withheld something or still goes on.
    public static Optional<Lake.RunRecord> unfinished(Lake lake, EnvironmentName environment) {
        return of(lake, environment).filter(run -> !isGood(run.state()));
    }

    private static boolean isGood(Lake.RunState state) {
        return switch (state) {
            case PUBLISHED, NOTHING_TO_DO -> true;
            case RUNNING, PARTLY_PUBLISHED, FAILED, CANCELLED, CRASHED -> false;
        };
    }
}
