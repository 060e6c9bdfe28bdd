package dev.ade.ingest.cdc;

import dev.ade.model.AdeException;
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
import java.util.Set;
import java.util.function.Consumer;

/// The slots that this installation has made for one source, and not dropped yet: a load that was killed leaves none behind
/// that keeps a server's log for ever. Several processes may use a file at once.
///
/// @param file of lines, each a slot
record Slots(Path file) {
    /// File locks are of a process: this one is for the threads within it.
    private static final Object THREADS = new Object();

    /// Before it is made on the server.
    void begin(String slot) {
        change(slots -> slots.add(slot));
    }

    void dropped(String slot) {
        change(slots -> slots.remove(slot));
    }

    List<String> made() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Slots::slot).toList()
                    : List.of();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /// Earlier versions wrote behind it whether it was published.
    private static String slot(String line) {
        return line.split(" ", 2)[0];
    }

    private void change(Consumer<List<String>> change) {
        synchronized (THREADS) {
            try {
                Path folder = OwnerOnly.folders(file.resolveSibling("").toAbsolutePath());
                try (FileChannel channel =
                                FileChannel.open(
                                        file.resolveSibling(file.getFileName() + ".lock"),
                                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                        OwnerOnly.file(folder));
                        FileLock _ = channel.lock()) {
                    List<String> slots = new ArrayList<>(made());
                    change.accept(slots);
                    write(slots);
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private void write(List<String> slots) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, slots);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private AdeException failure(IOException e) {
        return AdeException.resource(
                        "Cannot keep the names of slots in %s: %s".formatted(file, e.getMessage()),
                        "Check its permissions and the free space")
                .causedBy(e);
    }
}
