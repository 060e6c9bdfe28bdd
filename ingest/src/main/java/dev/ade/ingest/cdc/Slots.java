package dev.ade.ingest.cdc;

import dev.ade.model.AdeException;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// The slots that this installation has made for one source: those that were never published are dropped again, so that
/// a load that was killed leaves no slot behind that keeps a server's log for ever.
///
/// @param file of lines, each a slot and whether it was seen published
record Slots(Path file) {
    private static final String PUBLISHED = " published";

    /// Before it is made on the server.
    void begin(String slot) {
        List<String> lines = lines();
        lines.add(slot);
        write(lines);
    }

    void published(String slot) {
        List<String> lines = lines();
        if (lines.contains(slot)) {
            lines.remove(slot);
            lines.add(slot + PUBLISHED);
            write(lines);
        }
    }

    void dropped(String slot) {
        List<String> lines = lines();
        lines.remove(slot);
        lines.remove(slot + PUBLISHED);
        write(lines);
    }

    /// Those that nobody follows: all but `followed`, and where nothing is followed yet, those never published.
    List<String> left(String followed) {
        return lines().stream()
                .filter(line -> !followed.isEmpty() || !line.endsWith(PUBLISHED))
                .map(line -> line.replace(PUBLISHED, ""))
                .filter(slot -> !slot.equals(followed))
                .toList();
    }

    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? new ArrayList<>(Files.readAllLines(file))
                    : new ArrayList<>();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void write(List<String> lines) {
        try {
            OwnerOnly.folders(file.resolveSibling("").toAbsolutePath());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, lines);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private AdeException failure(IOException e) {
        return AdeException.resource(
                        "Cannot keep the names of slots in %s: %s".formatted(file, e.getMessage()),
                        "Check its permissions and the free space")
                .causedBy(e);
    }
}
