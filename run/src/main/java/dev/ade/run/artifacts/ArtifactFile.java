package dev.ade.run.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that readers see whole: as it was, or as it is now.
final class ArtifactFile {
    private ArtifactFile() {}

    static void write(Path file, String text) throws IOException {
        String name =
                ".%s.%d-%d.tmp"
                        .formatted(
                                file.getFileName(),
                                ProcessHandle.current().pid(),
                                Thread.currentThread().threadId());
        Path draft = file.resolveSibling(name);
        Files.createDirectories(draft.resolve("..").normalize());
        try {
            Files.writeString(draft, text);
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Leaves a file alone that says so already.
    static void writeIfOther(Path file, String text) throws IOException {
        boolean isSame = Files.isRegularFile(file) && Files.readString(file).equals(text);
        if (!isSame) {
            write(file, text);
        }
    }
}
