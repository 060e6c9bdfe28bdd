package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A small secret file: readable by its owner only, replaced whole or not at all.
record KeyFile(Path path) {
    /// Bytes a file of keys may have; more is no such file.
    static final long BYTES_MAX = 1 << 20;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    /// File locks are of a process: this one is for the threads within it.
    private static final Object THREADS = new Object();

    KeyFile {
        path = path.toAbsolutePath().normalize();
    }

    /// A file beside this one: `keys.json` → `keys.<extension>`.
    KeyFile sibling(String extension) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return new KeyFile(
                path.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "." + extension));
    }

    boolean exists() {
        return Files.exists(path);
    }

    Optional<String> read() {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw AdeException.user(
                        "Cannot read keys from %s: it is larger than %d bytes"
                                .formatted(path, BYTES_MAX),
                        "Point at a file that ADE made");
            }
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read keys from %s: %s".formatted(path, reason(e)),
                            "Make it a file that this user may read")
                    .causedBy(e);
        }
    }

    /// Call under a lock.
    void write(String text) {
        try {
            OwnerOnly.folders(folder());
            // The same name each time: what a crash leaves behind, the next write replaces.
            Path draft = path.resolveSibling(path.getFileName() + ".tmp");
            Files.deleteIfExists(draft);
            try {
                try (FileChannel channel =
                        FileChannel.open(
                                draft,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                OwnerOnly.file(folder()))) {
                    channel.write(StandardCharsets.UTF_8.encode(text));
                    channel.force(true);
                }
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /// Adds a line, which is on the disk when this returns.
    void append(String line) {
        try {
            OwnerOnly.folders(folder());
            try (FileChannel channel =
                    FileChannel.open(
                            path,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.APPEND),
                            OwnerOnly.file(folder()))) {
                channel.write(StandardCharsets.UTF_8.encode(line + "\n"));
                channel.force(true);
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /// Runs `work` while no other thread or process does so with this file. `work` must not open it: closing it
    /// again would give up the lock.
    <T> T locked(Supplier<T> work) {
        synchronized (THREADS) {
            try {
                OwnerOnly.folders(folder());
                try (FileChannel channel =
                                FileChannel.open(
                                        path,
                                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                                        OwnerOnly.file(folder()));
                        FileLock _ = channel.lock()) {
                    return work.get();
                }
            } catch (IOException e) {
                throw notWritten(e);
            }
        }
    }

    /// Whether others than the owner may read it; false where the file system knows no such thing.
    boolean isReadableByOthers() {
        try {
            return exists() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path));
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }

    private Path folder() {
        Path folder = path.getParent();
        return folder == null ? path : folder;
    }

    private AdeException notWritten(IOException e) {
        return AdeException.resource(
                        "Cannot write keys to %s: %s".formatted(path, reason(e)),
                        "Make its folder writable, or set another one in ade.yml (privacy: keys:)")
                .causedBy(e);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
