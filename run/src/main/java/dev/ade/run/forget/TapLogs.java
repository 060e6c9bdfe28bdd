package dev.ade.run.forget;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Singer taps said that failed. They show the rows that they choke on, and nothing tells whose these are.
///
/// @param folder that need not be there
record TapLogs(Path folder) {
    /// @return how many there were
    long remove() {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            return all.size();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot remove what taps said in %s: %s"
                                    .formatted(folder, e.getMessage()),
                            "Make it writable, and do it again")
                    .causedBy(e);
        }
    }
}
