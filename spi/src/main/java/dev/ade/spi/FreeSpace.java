package dev.ade.spi;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much still fits where stages lie.
public final class FreeSpace {
    private FreeSpace() {}

    /// Before copies are made, as a disk that is full in the middle of them says little.
    ///
    /// @param folder of a stage
    /// @param from where they come from, for messages
    /// @throws AdeException RESOURCE where they do not fit
    public static void require(long bytes, Path folder, String from) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (bytes > free) {
                throw AdeException.resource(
                        "Cannot fetch %,d MB from %s: there are %,d MB of space in %s"
                                .formatted(bytes >> 20, from, free >> 20, folder.getParent()),
                        "Make room, narrow what is read, or set engine: {spill: …} in ade.yml");
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot see how much space there is in %s".formatted(folder),
                            "Check its permissions")
                    .causedBy(e);
        }
    }
}
