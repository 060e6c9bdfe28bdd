package dev.ade.code.compile;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Folders of classes, each named by the hash of what it was compiled from. Several processes may use it at once.
record ClassCache(Path folder) {
    private static final int KEPT_MAX = 500;

    /// The folder of a version; made by `compile` where it is not there.
    ///
    /// @param compile fills an empty folder
    Path find(Fingerprint version, Consumer<Path> compile) {
        Path found = folder.resolve(version.hex());
        if (Files.isDirectory(found)) {
            return found;
        }
        try {
            OwnerOnly.folders(folder);
            Path fresh = Files.createTempDirectory(folder, "new");
            try {
                compile.accept(fresh);
                move(fresh, found);
            } finally {
                remove(fresh);
            }
            forget();
            return found;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot keep compiled classes in %s: %s"
                                    .formatted(folder, e.getMessage()),
                            "Make it writable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static void move(Path fresh, Path found) throws IOException {
        try {
            Files.move(fresh, found, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, found);
        } catch (IOException e) {
            // Another process was faster: what it made is the same.
            if (!Files.isDirectory(found)) {
                throw e;
            }
        }
    }

    /// Removes the oldest, where there are many.
    private void forget() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> oldest =
                    all.sorted(Comparator.comparingLong(ClassCache::age).reversed())
                            .skip(KEPT_MAX)
                            .toList();
            for (Path one : oldest) {
                remove(one);
            }
        }
    }

    private static long age(Path one) {
        return one.toFile().lastModified();
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
