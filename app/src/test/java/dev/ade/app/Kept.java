package dev.ade.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// A project as it was at a moment, to be put back under the same path, which its tables name: so that a test which
/// crashes at every write makes it once.
record Kept(Path root, Path copy) {
    static Kept of(Path root) {
        Kept kept = new Kept(root, root.resolveSibling(root.getFileName() + ".kept"));
        copy(root, kept.copy);
        return kept;
    }

    void back() {
        for (Path file : files(root).reversed()) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        copy(copy, root);
    }

    private static void copy(Path from, Path to) {
        for (Path file : files(from)) {
            try {
                Path target = to.resolve(from.relativize(file));
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Folders before what is in them.
    private static List<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
