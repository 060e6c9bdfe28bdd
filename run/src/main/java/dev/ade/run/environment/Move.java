package dev.ade.run.environment;

import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Environments.Mark;
import java.util.Optional;

/// What becomes of one dataset of an environment when it takes another state of it over.
///
/// @param before what the environment has; empty where it does not have the dataset
/// @param after what it will have; empty where the dataset goes
public record Move(TableName dataset, Optional<DatasetState> before, Optional<DatasetState> after) {
    public Move {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException(dataset + " is in neither");
        }
    }

    /// What it means for those who read the dataset.
    public enum What {
        /// It was not there.
        ADD,
        /// Other data, or another definition.
        REPLACE,
        /// The same data: only what is said about it is another, such as its checks.
        RESTATE,
        /// It is no longer there.
        REMOVE
    }

    public What what() {
        if (before.isEmpty()) {
            return What.ADD;
        }
        if (after.isEmpty()) {
            return What.REMOVE;
        }
        boolean isSame = before.get().version().equals(after.get().version());
        return isSame ? What.RESTATE : What.REPLACE;
    }

    /// True where nothing would change.
    boolean isIdle() {
        return before.map(Mark::of).equals(after.map(Mark::of))
                && before.map(DatasetState::run).equals(after.map(DatasetState::run));
    }
}
