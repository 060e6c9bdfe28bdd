package dev.ade.spi;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which files of a dataset first came after which. In a merge what comes last wins, so files that are loaded again keep
/// the order in which they first came, and new ones follow by name.
public final class Succession {
    private static final Comparator<Batch> ORDER =
            Comparator.comparingInt(Batch::place)
                    .thenComparing(Batch::loadedAt)
                    .thenComparing(Batch::origin);

    private final List<Batch> known;
    private final Map<Fingerprint, Integer> places = new HashMap<>();

    /// @param known all batches of the dataset
    public Succession(Collection<Batch> known) {
        this.known = known.stream().sorted(ORDER).toList();
        this.known.forEach(batch -> places.putIfAbsent(batch.id(), places.size()));
    }

    private int place(Fingerprint id) {
        return places.getOrDefault(id, places.size());
    }

    /// The order in which to load them.
    public List<Item> inOrder(Collection<Item> items) {
        return items.stream()
                .sorted(
                        Comparator.comparingInt((Item item) -> place(item.id()))
                                .thenComparing(Item::origin))
                .toList();
    }

    /// The same batches, each with its place among them.
    ///
    /// @param all what the dataset holds now, new ones in the order in which they were loaded
    public List<Batch> placed(List<Batch> all) {
        List<Batch> inOrder =
                all.stream().sorted(Comparator.comparingInt(batch -> place(batch.id()))).toList();
        List<Batch> placed = new ArrayList<>();
        for (Batch batch : inOrder) {
            placed.add(batch.at(placed.size() + 1));
        }
        return placed;
    }

    /// These batches, as far as they can be loaded again, and all that came after the first of them.
    public Set<Fingerprint> since(Set<Fingerprint> batches, Inbox inbox) {
        return known.stream()
                .dropWhile(batch ->
                        !batches.contains(batch.id()) || inbox.gone().contains(batch.origin()))
                .map(Batch::id)
                .collect(Collectors.toSet());
    }

    /// @param again what is to be loaded again
    /// @throws AdeException USER where one that came after them is not there any more
    public void requireWhole(SourceTable source, Inbox inbox, Set<Fingerprint> again) {
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
