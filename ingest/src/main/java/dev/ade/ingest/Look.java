package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec.Files;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Batch;
import dev.ade.spi.Corrections;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Loader.Known;
import dev.ade.spi.Succession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares files with the batches that a dataset holds.
///
/// A file with the origin, size and time of change of a batch is that batch, unread. Any other is hashed: a touched
/// or renamed file whose content is known is unchanged; two files of one content are one batch.
final class Look {
    private final SourceTable source;
    private final Files files;
    private final List<Batch> known;
    private final Map<Fingerprint, Fingerprint> corrected;
    private final Contract contract;
    private final Map<String, Batch> byOrigin = new HashMap<>();
    private final Map<Fingerprint, Batch> byId = new HashMap<>();
    private final Function<FoundFile, Fingerprint> ids;

    /// @param ids of files that are no batch by their origin, size and time of change
    Look(SourceTable source, Files files, Known known, Function<FoundFile, Fingerprint> ids) {
        this.source = source;
        this.files = files;
        this.known = known.batches();
        this.corrected = known.corrected();
        this.contract = Contract.of(source, files);
        this.ids = ids;
        this.known.forEach(batch -> {
            byOrigin.put(batch.origin(), batch);
            byId.put(batch.id(), batch);
        });
    }

    Inbox inbox(List<FoundFile> found) {
        List<Item> fresh = new ArrayList<>();
        List<Item> changed = new ArrayList<>();
        List<Item> unchanged = new ArrayList<>();
        Set<Fingerprint> seen = new HashSet<>();
        for (FoundFile file : found) {
            Item item = item(file);
            Optional<Batch> same = Optional.ofNullable(byId.get(item.id()));
            if (!seen.add(item.id()) || same.filter(this::isCurrent).isPresent()) {
                unchanged.add(item);
            } else if (same.isPresent() || byOrigin.containsKey(item.origin())) {
                changed.add(item);
            } else {
                fresh.add(item);
            }
        }
        List<String> gone = gone(found, seen);
        return withLater(
                new Inbox(
                        fresh,
                        changed,
                        unchanged,
                        gone,
                        contract.fingerprint(),
                        version(seen, gone),
                        Optional.empty()));
    }

    /// In a merge what comes last wins, so what came after a file that is loaded again comes after it again.
    private Inbox withLater(Inbox inbox) {
        Set<Fingerprint> again =
                inbox.changed().stream()
                        .map(Item::id)
                        .filter(byId::containsKey)
                        .collect(Collectors.toSet());
        if (files.mode() != Mode.MERGE || again.isEmpty()) {
            return inbox;
        }
        Set<Fingerprint> since = new HashSet<>(new Succession(known).since(again, inbox));
        inbox.changed().forEach(item -> since.remove(item.id()));
        List<Item> changed = new ArrayList<>(inbox.changed());
        List<Item> unchanged = new ArrayList<>();
        inbox.unchanged()
                .forEach(item -> (since.remove(item.id()) ? changed : unchanged).add(item));
        return new Inbox(
                inbox.fresh(),
                changed,
                unchanged,
                inbox.gone(),
                inbox.contract(),
                inbox.version(),
                inbox.news());
    }

    /// Where files cannot be found, so that their load is still to be done.
    Inbox without(AdeException reason) {
        String why = String.valueOf(reason.getMessage());
        return new Inbox(
                List.of(),
                List.of(),
                List.of(),
                known.stream().map(Batch::origin).sorted().toList(),
                contract.fingerprint(),
                Fingerprint.of(contract.fingerprint(), why),
                Optional.of(why));
    }

    private boolean isCurrent(Batch batch) {
        return contract.under(batch.id(), corrected).holds(batch.contract());
    }

    private Item item(FoundFile file) {
        Fingerprint id =
                Optional.ofNullable(byOrigin.get(file.origin()))
                        .filter(batch -> isUntouched(batch, file))
                        .map(Batch::id)
                        .orElseGet(() -> ids.apply(file));
        return new Item(id, file.origin(), file.path().toString(), file.bytes(), file.modifiedAt());
    }

    private static boolean isUntouched(Batch batch, FoundFile file) {
        return batch.bytes() == file.bytes() && batch.modifiedAt().equals(file.modifiedAt());
    }

    /// Batches whose file is neither there nor elsewhere under another name.
    private List<String> gone(List<FoundFile> found, Set<Fingerprint> seen) {
        Set<String> origins = new HashSet<>();
        found.forEach(file -> origins.add(file.origin()));
        return known.stream()
                .filter(batch -> !origins.contains(batch.origin()) && !seen.contains(batch.id()))
                .map(Batch::origin)
                .sorted()
                .toList();
    }

    private Fingerprint version(Set<Fingerprint> seen, List<String> gone) {
        Set<Fingerprint> all = new TreeSet<>(seen);
        if (source.load().mode() != Mode.REPLACE) {
            known.stream()
                    .filter(batch -> gone.contains(batch.origin()))
                    .forEach(batch -> all.add(batch.id()));
        }
        Set<Fingerprint> versions = new TreeSet<>();
        all.forEach(id -> versions.add(Corrections.under(id, id, corrected)));
        return Contract.version(source, contract.fingerprint(), files.mode(), versions);
    }
}
