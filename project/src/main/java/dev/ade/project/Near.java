package dev.ade.project;

import dev.ade.model.Spelling;
import java.util.Collection;
import java.util.Optional;

/// Names that somebody may have meant.
final class Near {
    private Near() {}

    /// Whether a name could be a misspelling of the other: about one letter in four differs at most.
    static boolean is(String name, String wanted) {
        return Spelling.distance(name, wanted) <= most(wanted);
    }

    /// The nearest of some names, where one is near.
    static Optional<String> of(String wanted, Collection<String> names) {
        return Spelling.nearest(wanted, names, Spelling::distance, most(wanted));
    }

    private static int most(String wanted) {
        return Math.max(1, wanted.length() / 4);
    }
}
