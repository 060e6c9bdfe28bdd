package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Loader;
import java.util.List;
import java.util.stream.Stream;

/// Rows of a file that somebody corrected, on their way to be kept.
///
/// @param file sealed already
/// @param known what was corrected in the file before, as whoever gives these saw it
public record GivenCorrections(CorrectedFile file, List<CorrectedFile> known) {
    public GivenCorrections {
        known = List.copyOf(known);
    }

    /// @param inbox what there is of the source
    /// @throws AdeException USER where the file does not have the content any more that the rows are of
    public void requireThere(Loader.Inbox inbox) {
        boolean isThere =
                Stream.of(inbox.fresh(), inbox.changed(), inbox.unchanged())
                        .flatMap(List::stream)
                        .anyMatch(item -> item.id().equals(file.batch()));
        if (!isThere) {
            throw AdeException.user(
                    "Cannot correct rows of %s: it changed, or went away, after they were read"
                            .formatted(file.origin()),
                    "Nothing was loaded or kept: ade run, then export what is open then");
        }
    }
}
