package dev.ade.run.rejected;

import dev.ade.spi.CorrectedFile;
import java.util.List;

/// Rows of a file that somebody corrected, on their way to be kept.
///
/// @param file sealed already
/// @param known what was corrected in the file before, as whoever gives these saw it
public record GivenCorrections(CorrectedFile file, List<CorrectedFile> known) {
    public GivenCorrections {
        known = List.copyOf(known);
    }
}
