package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.model.Type;

/// The column that is decided about, for messages.
record Place(TableName source, String column) {
    /// A treatment that cannot be of a column's type.
    AdeException misfit(String treatment, String needed, Type type, String nextStep) {
        return AdeException.user(
                "Cannot treat column '%s' of %s with %s: it needs %s, was %s"
                        .formatted(column, source, treatment, needed, type.text()),
                nextStep);
    }
}
