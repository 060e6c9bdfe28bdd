package dev.ade.ingest;

import dev.ade.model.Wording;
import dev.ade.spi.Loader.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files of a drop that are here now, by what they lie in: mails by themselves, any other file by itself.
///
/// @param copies one that is not as it was listed any more is missing; a mail without attachments has none
record Brought(Map<String, List<Brought.Copy>> copies) {
    /// @param origin of the file, or of the attachment
    record Copy(String origin, Path path) {
        long bytes() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                throw Broken.file(origin, e);
            }
        }
    }

    /// @param items attachments stand for their mail
    static Brought of(
            Collection<Item> items,
            Depot depot,
            Optional<Attachments> attachments,
            Depot.Stage stage) {
        Map<String, Item> containers = new LinkedHashMap<>();
        items.forEach(item ->
                containers.putIfAbsent(Attachments.container(attachments, item.origin()), item));
        Map<String, List<Copy>> copies = new HashMap<>();
        containers.forEach((container, item) -> {
            stage.progress()
                    .phase(
                            "fetching %d of %s"
                                    .formatted(
                                            copies.size() + 1,
                                            Wording.count(containers.size(), "file")));
            boolean isItself = container.equals(item.origin());
            depot.bring(
                            new Depot.Listed(
                                    container,
                                    isItself ? Optional.of(item.bytes()) : Optional.empty(),
                                    item.modifiedAt()))
                    .ifPresent(path ->
                            copies.put(
                                    container,
                                    attachments
                                            .map(it ->
                                                    it.of(
                                                            container,
                                                            path,
                                                            item.modifiedAt(),
                                                            stage.folder()))
                                            .orElseGet(() -> List.of(new Copy(container, path)))));
        });
        return new Brought(copies);
    }

    Map<String, Copy> byOrigin() {
        Map<String, Copy> all = new HashMap<>();
        copies.values().forEach(some -> some.forEach(copy -> all.put(copy.origin(), copy)));
        return all;
    }

    /// Items that are here, with their place here.
    List<Item> here(Collection<Item> items) {
        Map<String, Copy> all = byOrigin();
        List<Item> here = new ArrayList<>();
        for (Item item : items) {
            Copy copy = all.get(item.origin());
            if (copy != null) {
                here.add(
                        new Item(
                                item.id(),
                                item.origin(),
                                copy.path().toString(),
                                item.bytes(),
                                item.modifiedAt()));
            }
        }
        return here;
    }
}
