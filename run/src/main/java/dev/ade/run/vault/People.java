package dev.ade.run.vault;

import java.io.IOException;
import java.nio.file.Path;

/// Takes people's rows out of an original.
@FunctionalInterface
interface People {
    /// Copies an original without their rows, every other byte as it was where the format allows it.
    ///
    /// @return rows left out
    /// @throws Unsearchable where it is not certain which rows are theirs
    long copyWithout(Wanted wanted, Path original, Path copy) throws IOException, Unsearchable;

    /// Why it cannot be told whose rows are whose.
    final class Unsearchable extends Exception {
        private static final long serialVersionUID = 1;

        Unsearchable(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
