package dev.ade.ingest.cdc;

import dev.ade.model.AdeException;
import dev.ade.model.RunId;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The slots that this installation has made for one source, and not dropped yet: a load that was killed leaves none behind
/// that keeps a server's log for ever. Several processes may use a file at once.
///
/// @param file of lines, each a slot and the run that made it
record Slots(Path file) {
    /// File locks are of a process: this one is for the threads within it.
    private static final Object THREADS = new Object();

    /// @param run that makes it; empty where an earlier version made it
    record Made(String slot, Optional<RunId> run) {
        /// Earlier versions wrote behind a slot whether it was published, or nothing.
        private static Made of(String line) {
            String[] words = line.split(" ", 2);
            return new Made(
                    words[0],
                    words.length > 1 && words[1].matches("[1-9][0-9]{0,17}")
                            ? Optional.of(new RunId(Long.parseLong(words[1])))
                            : Optional.empty());
        }

        private String line() {
            return slot + run.map(id -> " " + id).orElse("");
        }
    }

    /// Before it is made on the server.
    void begin(String slot, Optional<RunId> run) {
        change(slots -> slots.add(new Made(slot, run)));
    }

    void dropped(String slot) {
        change(slots -> slots.removeIf(made -> made.slot().equals(slot)));
    }

    List<Made> made() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Made::of).toList()
                    : List.of();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void change(Consumer<List<Made>> change) {
        synchronized (THREADS) {
            try {
                Path folder = OwnerOnly.folders(file.resolveSibling("").toAbsolutePath());
                try (FileChannel channel =
                                FileChannel.open(
                                        file.resolveSibling(file.getFileName() + ".lock"),
                                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                        OwnerOnly.file(folder));
                        FileLock _ = channel.lock()) {
                    List<Made> slots = new ArrayList<>(made());
                    change.accept(slots);
                    write(slots);
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private void write(List<Made> slots) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, slots.stream().map(Made::line).toList());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private AdeException failure(IOException e) {
        return AdeException.resource(
                        "Cannot keep the names of slots in %s: %s".formatted(file, e.getMessage()),
                        "Check its permissions and the free space")
                .causedBy(e);
    }
}
