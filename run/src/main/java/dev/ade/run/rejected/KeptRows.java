package dev.ade.run.rejected;

import dev.ade.model.TableName;
import dev.ade.spi.CorrectedFile;
import java.util.List;

/// Rows of a file that somebody corrected at one time and that are kept; never what they say.
///
/// @param lines that they begin on, rising
/// @param state whether they are read in the place of what stands in the file
public record KeptRows(CorrectedFile file, List<Long> lines, State state) {
    public KeptRows {
        lines = List.copyOf(lines);
    }

    public enum State {
        APPLIES,
        /// The dataset holds nothing of a file with that content any more.
        FILE_CHANGED
    }

    public TableName dataset() {
        return file.dataset();
    }
}
