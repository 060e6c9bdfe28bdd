package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Loader.Known;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files of a listing that were brought here, so that their contents are known.
///
/// @param attachments where the files listed are mails
record Arriving(
        SourceTable source,
        Known known,
        Inbox listed,
        Brought brought,
        Optional<Attachments> attachments) {
    /// What is to be had of an inbox.
    static List<Item> wanted(Inbox inbox) {
        return Stream.concat(inbox.fresh().stream(), inbox.changed().stream())
                .sorted(Comparator.comparing(Item::origin))
                .toList();
    }

    private String container(String origin) {
        return Attachments.container(attachments, origin);
    }

    /// Those that were wanted, by what they lie in.
    private Map<String, List<Item>> containers() {
        return wanted(listed).stream()
                .collect(
                        Collectors.groupingBy(
                                item -> container(item.origin()),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    /// The inbox as it is now.
    Inbox inbox(ContentIds contents) {
        Map<String, Fingerprint> ids = new HashMap<>();
        List<FoundFile> found = new ArrayList<>();
        for (Item item : listed.unchanged()) {
            ids.put(item.origin(), item.id());
            found.add(file(item, SftpListing.NOT_HERE));
        }
        containers()
                .forEach((container, items) -> {
                    List<Brought.Copy> copies = brought.copies().get(container);
                    if (copies == null) {
                        batches(container)
                                .forEach(batch -> {
                                    ids.put(batch.origin(), batch.id());
                                    found.add(asLoaded(batch));
                                });
                        return;
                    }
                    for (Brought.Copy copy : copies) {
                        FoundFile file = file(copy, items.getFirst());
                        ids.put(file.origin(), contents.of(file));
                        found.add(file);
                    }
                });
        found.sort(Comparator.comparing(FoundFile::origin));
        Look look =
                new Look(
                        source,
                        FileLoader.files(source),
                        known,
                        file -> Objects.requireNonNull(ids.get(file.origin())));
        return again(look.inbox(found));
    }

    private List<Batch> batches(String container) {
        return known.batches().stream()
                .filter(batch -> container(batch.origin()).equals(container))
                .toList();
    }

    /// As it was loaded, for what it is now is not to be had.
    private static FoundFile asLoaded(Batch batch) {
        return new FoundFile(
                SftpListing.NOT_HERE,
                batch.origin(),
                batch.bytes(),
                batch.modifiedAt(),
                LoadSpec.Format.AUTO);
    }

    private static FoundFile file(Item item, Path path) {
        return new FoundFile(
                path, item.origin(), item.bytes(), item.modifiedAt(), LoadSpec.Format.AUTO);
    }

    private FoundFile file(Brought.Copy copy, Item listed) {
        return new FoundFile(
                copy.path(),
                copy.origin(),
                attachments.isPresent() ? copy.bytes() : listed.bytes(),
                listed.modifiedAt(),
                LoadSpec.Format.AUTO);
    }

    /// What was known and brought all the same is to be loaded again; what has waited is not to be loaded.
    private Inbox again(Inbox exact) {
        Set<String> here = brought.byOrigin().keySet();
        Set<Fingerprint> batches = new HashSet<>();
        known.batches().forEach(batch -> batches.add(batch.id()));
        Set<String> asked =
                wanted(listed).stream()
                        .filter(item -> batches.contains(item.id()))
                        .map(Item::origin)
                        .collect(Collectors.toSet());
        Set<Fingerprint> taken = new HashSet<>();
        exact.changed().forEach(item -> taken.add(item.id()));
        List<Item> changed = new ArrayList<>();
        List<Item> unchanged = new ArrayList<>();
        exact.changed()
                .forEach(item -> (here.contains(item.origin()) ? changed : unchanged).add(item));
        for (Item item : exact.unchanged()) {
            boolean isAgain =
                    here.contains(item.origin())
                            && asked.contains(item.origin())
                            && taken.add(item.id());
            (isAgain ? changed : unchanged).add(item);
        }
        return new Inbox(
                exact.fresh(),
                changed,
                unchanged,
                exact.gone(),
                exact.contract(),
                exact.version(),
                listed.news());
    }

    /// Mails that have nothing in them that is wanted.
    List<Item> nothing() {
        return containers().entrySet().stream()
                .filter(it -> List.of().equals(brought.copies().get(it.getKey())))
                .map(it -> it.getValue().getFirst())
                .map(mail ->
                        new Item(
                                SeenFiles.NOTHING,
                                mail.origin(),
                                "",
                                mail.bytes(),
                                mail.modifiedAt()))
                .toList();
    }

    List<String> remarks() {
        return containers().keySet().stream()
                .filter(container -> !brought.copies().containsKey(container))
                .map("%s changed while it was fetched and waits for a later run"::formatted)
                .toList();
    }
}
