package dev.ade.run;

import dev.ade.model.OnChange;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.Nature;

/// What becomes of the history of a dataset whose query changed, and who said so.
public record Decision(TableName dataset, Nature nature, OnChange choice, Ground ground) {
    public enum Ground {
        /// A flag, or an answer.
        ASKED,
        /// The model's `on_change`.
        CONFIGURED,
        /// Columns only come, so nothing is lost.
        ADDITIVE,
        /// Nobody said anything: the data is to be what a run from scratch gives.
        PROMISE
    }

    /// Whether somebody might want it otherwise.
    public boolean isOpen() {
        return ground == Ground.PROMISE;
    }
}
