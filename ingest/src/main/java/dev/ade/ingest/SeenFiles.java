package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Loader.Item;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What files of a server held when they were fetched, where no batch says so: they were touched, renamed or copied. Kept
/// with the dataset, so that they are not fetched for it again.
///
/// @param wanted what of the files was wanted then; of other files of theirs nothing is known
record SeenFiles(Fingerprint wanted, Map<SeenFiles.File, Fingerprint> contents) {
    private static final String PROPERTY = "load.seen_files";
    private static final String WANTED = "load.seen_files_wanted";

    /// Of a mail without an attachment that is wanted.
    static final Fingerprint NOTHING = Fingerprint.of("nothing");

    /// More are fetched again.
    private static final int KEPT_MAX = 10_000;

    record File(String origin, long bytes, Instant modifiedAt) {
        static File of(Item item) {
            return new File(item.origin(), item.bytes(), item.modifiedAt());
        }
    }

    SeenFiles {
        contents = Map.copyOf(contents);
    }

    /// @param wanted what of the files is wanted now
    static SeenFiles of(Fingerprint wanted, Optional<DatasetState> state) {
        Map<File, Fingerprint> contents = new HashMap<>();
        state.map(DatasetState::properties)
                .filter(it -> wanted.hex().equals(it.get(WANTED)))
                .map(it -> it.getOrDefault(PROPERTY, ""))
                .orElse("")
                .lines()
                .forEach(line -> put(contents, line.split(" ", 4)));
        return new SeenFiles(wanted, contents);
    }

    private static void put(Map<File, Fingerprint> contents, String[] parts) {
        try {
            contents.put(
                    new File(parts[3], Long.parseLong(parts[1]), Instant.parse(parts[2])),
                    new Fingerprint(parts[0]));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeParseException e) {
            // The file is fetched again.
        }
    }

    /// @param there files that are known now
    /// @param batches that say so already of some
    Map<String, String> properties(Collection<Item> there, List<Batch> batches) {
        Map<File, Fingerprint> told =
                batches.stream()
                        .collect(
                                Collectors.toMap(
                                        batch ->
                                                new File(
                                                        batch.origin(),
                                                        batch.bytes(),
                                                        batch.modifiedAt()),
                                        Batch::id,
                                        (one, _) -> one));
        Stream<String> now =
                there.stream()
                        .filter(item -> !told.containsKey(File.of(item)))
                        .map(item -> line(File.of(item), item.id()));
        Stream<String> before =
                contents.entrySet().stream()
                        .filter(it -> it.getValue().equals(NOTHING))
                        .map(it -> line(it.getKey(), NOTHING));
        return Map.of(
                WANTED,
                wanted.hex(),
                PROPERTY,
                Stream.concat(now, before)
                        .filter(line -> line.lines().toList().equals(List.of(line)))
                        .distinct()
                        .limit(KEPT_MAX)
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    private static String line(File file, Fingerprint id) {
        return "%s %d %s %s".formatted(id, file.bytes(), file.modifiedAt(), file.origin());
    }

    /// Of a file that was never seen as it is, an id that no content has.
    Fingerprint id(FoundFile file) {
        Fingerprint known = contents.get(new File(file.origin(), file.bytes(), file.modifiedAt()));
        return known != null
                ? known
                : Fingerprint.of("listed", file.origin(), file.bytes(), file.modifiedAt());
    }
}
