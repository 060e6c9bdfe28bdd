package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.run.environment.DatasetDiff;
import dev.ade.run.environment.Mover;
import dev.ade.spi.Lake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The environments of a project: made, compared, brought together and removed. Thread-safe.
public interface AdeEnvironments {
    /// The default one first, others by name.
    List<Summary> list();

    /// Makes an environment that reads what `origin`, or else the default one, reads now; no data is copied.
    Summary create(EnvironmentName name, Optional<EnvironmentName> origin);

    /// One of them; fails, naming all, where there is none of that name.
    Summary summary(EnvironmentName name);

    /// Removes an environment; never the default one.
    ///
    /// @return what systems outside go on keeping for datasets of its own, in words, by dataset
    Map<TableName, String> drop(EnvironmentName name);

    /// Moves what an environment changed to another one: pointers, ledgers and the record of its runs, in one
    /// transaction. Nothing is computed.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT where the other one changed the same datasets since, DATA where the
    ///     last run left something unfinished; unless it is told to go on all the same
    Outcome promote(EnvironmentName name, Promotion promotion);

    /// Takes over what the origin published since, where the environment has not changed it itself.
    Outcome refresh(EnvironmentName name, Task task);

    /// Goes back to what was published after a run, as a new run.
    ///
    /// @throws dev.ade.model.AdeException USER where what was published then has expired
    Outcome rollback(EnvironmentName name, RunId to, Task task);

    /// Compares what an environment reads with what another one reads, or its origin where none is named.
    Comparison diff(EnvironmentName left, Optional<EnvironmentName> right, DiffRequest request);

    /// @param datasets `domain.name` or `name`; all where there are none
    /// @param share part of the rows that are compared, above 0, at most 1
    record DiffRequest(List<String> datasets, double share) {
        public DiffRequest {
            datasets = List.copyOf(datasets);
            if (!(share > 0 && share <= 1)) {
                throw AdeException.user(
                        "Cannot compare a sample of %s %%".formatted(100 * share),
                        "Give a share above 0% and up to 100%, such as --sample 10%");
            }
        }
    }

    /// @param datasets by name
    record Comparison(
            EnvironmentName left, EnvironmentName right, double share, List<DatasetDiff> datasets) {
        public Comparison {
            datasets = List.copyOf(datasets);
        }
    }

    /// @param effect whether it is done, or only decided
    /// @param command what the person typed, for the record
    record Task(Mover.Effect effect, String command) {}

    /// @param to the environment that takes over; what the promoted one was made from where none is named
    /// @param despite what may be in the way
    record Promotion(Optional<EnvironmentName> to, Set<Obstacle> despite, Task task) {
        public Promotion {
            despite = Set.copyOf(despite);
        }
    }

    /// What a promotion stops at.
    enum Obstacle {
        /// The other environment published the same datasets meanwhile.
        CONFLICT,
        /// The last run failed, withheld something or still goes on.
        UNFINISHED
    }

    /// @param unfinished the last run of the environment that was promoted, where it left something undone
    record Outcome(Mover.Moved moved, Optional<Lake.RunRecord> unfinished) {}

    /// @param createdAt empty for a default environment that nothing has run in
    /// @param datasets without ADE's own
    /// @param changed datasets that were changed since it was made or last brought together with its origin
    /// @param behind datasets that its origin changed since
    record Summary(
            EnvironmentName name,
            Role role,
            Optional<EnvironmentName> origin,
            Optional<Instant> createdAt,
            int datasets,
            int changed,
            int behind,
            Optional<Lake.RunRecord> lastRun) {}

    enum Role {
        /// What is meant where no environment is named.
        DEFAULT,
        OTHER
    }
}
