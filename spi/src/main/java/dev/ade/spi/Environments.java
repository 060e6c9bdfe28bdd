package dev.ade.spi;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The environments of a lake: named sets of pointers to datasets. What an environment is made from is its
/// origin. Thread-safe, and safe against other processes on the same lake.
public interface Environments {
    /// By name. One that a run began in without `create` has no origin.
    List<Environment> list();

    Optional<Environment> find(EnvironmentName name);

    /// Makes an environment that reads what its origin reads now: pointers and ledgers, no data file.
    ///
    /// @throws dev.ade.model.AdeException USER where the name is taken
    Environment create(EnvironmentName name, EnvironmentName origin, Instant at);

    /// Removes the pointers, history and overlays of an environment. Files that nothing else needs are left to
    /// maintenance.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT while a run of it is going on
    void drop(EnvironmentName name);

    /// What an environment's origin had of each dataset when both were last brought together; nothing for an
    /// environment without origin. What differs from it in the environment was changed there, what differs from it
    /// in the origin was changed there.
    Map<TableName, Mark> basis(EnvironmentName name);

    /// @param origin what it was made from
    record Environment(EnvironmentName name, Optional<EnvironmentName> origin, Instant createdAt) {}

    /// What makes one state of a dataset another than the next. Where the files lie does not count.
    ///
    /// @param properties small facts kept with it, such as what it was checked by
    record Mark(Fingerprint version, Fingerprint definition, Map<String, String> properties) {
        public Mark {
            properties = Map.copyOf(properties);
        }

        public static Mark of(DatasetState state) {
            return new Mark(state.version(), state.definition(), state.properties());
        }
    }
}
