package dev.ade.store;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Makes sure that what is written is on the disk.
final class Disk {
    private Disk() {}

    /// Forces files and the folders that name them.
    static void sync(Collection<String> files) {
        Set<Path> folders = new HashSet<>();
        for (String file : files) {
            Path path = Path.of(file);
            force(path, StandardOpenOption.WRITE);
            folders.add(path.getParent());
        }
        folders.forEach(folder -> force(folder, StandardOpenOption.READ));
    }

    private static void force(Path path, StandardOpenOption option) {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make sure that %s is on the disk: %s"
                                    .formatted(path, e.getMessage()),
                            "Check the disk and its free space, then run again")
                    .causedBy(e);
        }
    }
}
