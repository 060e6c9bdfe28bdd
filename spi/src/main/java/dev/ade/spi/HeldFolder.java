package dev.ade.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A folder for what must not outlive its work, such as rows before privacy. Only this user can read it; closing it removes
/// it, and what a killed process left is removed when the next one beside it is made.
public final class HeldFolder implements AutoCloseable {
    /// Held while the folder lives, so that other processes see that it is nobody's.
    private static final String LOCK = "lock";

    /// Folders of this process. Their lock must not be touched: closing any channel to a file gives up all locks that the
    /// process has on it. Guarded by itself.
    private static final Set<Path> LIVE = new HashSet<>();

    private final Path folder;
    private final FileChannel lock;

    private HeldFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// @param beside folder of all such folders of a project; made where it is not there
    public static HeldFolder in(Path beside) throws IOException {
        synchronized (LIVE) {
            OwnerOnly.folders(beside);
            for (Path left : others(beside)) {
                try {
                    sweep(left);
                } catch (IOException _) {
                    // Somebody else's, or a failing disk: new work is not in its way.
                }
            }
            Path folder = beside.resolve(UUID.randomUUID().toString());
            Files.createDirectory(folder, OwnerOnly.folder(beside));
            LIVE.add(folder);
            return new HeldFolder(folder, locked(folder));
        }
    }

    /// Removes what killed processes left, all of it.
    ///
    /// @param beside that need not be there
    /// @throws IOException where some of it cannot be removed
    public static void sweepAll(Path beside) throws IOException {
        synchronized (LIVE) {
            if (Files.isDirectory(beside)) {
                for (Path left : others(beside)) {
                    sweep(left);
                }
            }
        }
    }

    /// It has a file of its own: `lock`.
    public Path path() {
        return folder;
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    /// Folders that no work of this process has.
    private static List<Path> others(Path beside) throws IOException {
        try (Stream<Path> all = Files.list(beside)) {
            return all.filter(Files::isDirectory).filter(it -> !LIVE.contains(it)).toList();
        }
    }

    /// Removes a folder if its process is gone.
    private static void sweep(Path folder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            FileLock free = channel.tryLock();
            if (free != null) {
                removeAll(folder);
            }
        } catch (OverlappingFileLockException | NoSuchFileException _) {
            // Another one of this process, or one that begins or ends right now.
        }
    }

    /// The lock goes last: what a kill leaves is found by it.
    private static void removeAll(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(lock) && !file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            removeAll(folder);
        } finally {
            synchronized (LIVE) {
                LIVE.remove(folder);
            }
        }
    }
}
