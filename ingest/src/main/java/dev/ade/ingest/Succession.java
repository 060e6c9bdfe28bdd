package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.SourceTable;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which files of a merge came after which, as what comes last wins.
record Succession(List<Batch> known) {
    private static final Comparator<Batch> ORDER =
            Comparator.comparing(Batch::loadedAt).thenComparing(Batch::origin);

    Succession {
        known = known.stream().sorted(ORDER).toList();
    }

    /// @throws AdeException USER where files are loaded again, and one that came after them is not there any more
    void requireWhole(SourceTable source, Inbox inbox) {
        Set<Fingerprint> again = inbox.changed().stream().map(Item::id).collect(Collectors.toSet());
        Optional<Batch> lost =
                known.stream()
                        .dropWhile(batch -> !again.contains(batch.id()))
                        .filter(batch -> batch.rowsLanded() > 0)
                        .filter(batch -> inbox.gone().contains(batch.origin()))
                        .findFirst();
        if (lost.isPresent()) {
            throw AdeException.user(
                            "Cannot load files of %s again: %s came later and is not there any more, and older files would take the place of its rows"
                                    .formatted(source.name(), lost.get().origin()),
                            "Put it back where it was, or move the older files away too: what is loaded stays")
                    .at(source.location());
        }
    }
}
