package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Inboxes seen through a request.
final class Inboxes {
    private Inboxes() {}

    /// Everything again, each content once: what is there replaces its batch.
    static Loader.Inbox all(Loader.Inbox inbox) {
        Set<Fingerprint> seen = new HashSet<>();
        Stream.of(inbox.fresh(), inbox.changed())
                .flatMap(List::stream)
                .map(Loader.Item::id)
                .forEach(seen::add);
        return again(
                inbox, inbox.unchanged().stream().filter(item -> seen.add(item.id())).toList());
    }

    /// Batches that have rows in an interval.
    static Set<Fingerprint> overlapping(List<Batch> known, Interval interval) {
        return known.stream()
                .filter(batch -> batch.eventTimes().overlaps(interval))
                .map(Batch::id)
                .collect(Collectors.toSet());
    }

    /// New files, and those known ones that are these batches, each once.
    static Loader.Inbox of(Loader.Inbox inbox, Set<Fingerprint> batches) {
        Set<Fingerprint> rest = new HashSet<>(batches);
        return again(
                inbox, inbox.unchanged().stream().filter(item -> rest.remove(item.id())).toList());
    }

    static String reason(Loader.Inbox inbox, boolean isThere) {
        if (inbox.news().isPresent()) {
            return inbox.news().get();
        }
        if (!isThere) {
            return "it is not loaded yet";
        }
        List<String> reasons = new ArrayList<>();
        if (!inbox.fresh().isEmpty()) {
            reasons.add(Wording.count(inbox.fresh().size(), "file") + " came");
        }
        if (!inbox.changed().isEmpty()) {
            reasons.add(
                    Wording.count(inbox.changed().size(), "file")
                            + " or their declaration changed");
        }
        if (reasons.isEmpty() && inbox.gone().isEmpty()) {
            reasons.add("aliases of its columns changed");
        }
        if (reasons.isEmpty()) {
            reasons.add(Wording.count(inbox.gone().size(), "file") + " went");
        }
        return String.join(", ", reasons);
    }

    private static Loader.Inbox again(Loader.Inbox inbox, List<Loader.Item> items) {
        List<Loader.Item> changed = new ArrayList<>(inbox.changed());
        changed.addAll(items);
        List<Loader.Item> unchanged = new ArrayList<>(inbox.unchanged());
        unchanged.removeAll(items);
        return new Loader.Inbox(
                inbox.fresh(),
                changed,
                unchanged,
                inbox.gone(),
                inbox.contract(),
                inbox.version(),
                inbox.news());
    }
}
