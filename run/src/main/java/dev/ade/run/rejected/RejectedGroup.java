package dev.ade.run.rejected;

import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import java.time.Instant;
import java.util.Optional;

/// Rejected rows of one file, or one reading of another system, that are alike.
///
/// @param origin the file
/// @param column that the reason is about; empty where it is about the whole row
/// @param valueClass what kind of value it was in the first of them; never the value
/// @param rows of them; one that is wrong in two ways is in two groups
/// @param firstLine of them
/// @param run that rejected them
/// @param replayedBy the run that loaded the file again since
public record RejectedGroup(
        TableName dataset,
        Fingerprint batch,
        String origin,
        Optional<String> column,
        String valueClass,
        String reason,
        Status status,
        long rows,
        long firstLine,
        RunId run,
        Instant rejectedAt,
        Optional<RunId> replayedBy) {
    /// Where such rows are now.
    public enum Status {
        /// The file's other rows are in the dataset, these are not.
        OPEN,
        /// The load failed, so no row of the file is in the dataset.
        NOT_LOADED,
        /// They are of somebody who was forgotten.
        FORGOTTEN,
        /// A later load read the file again: they are in the dataset, or were rejected again.
        REPLAYED,
        /// The dataset holds nothing of the file any more.
        GONE;

        public String word() {
            return Wording.of(this);
        }

        /// Whether something is left to be done about them.
        public boolean isLeft() {
            return this == OPEN || this == NOT_LOADED;
        }
    }
}
