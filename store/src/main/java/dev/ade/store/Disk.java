package dev.ade.store;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Makes sure that what is written is on the disk.
final class Disk {
    private static final int THREADS_MAX = 16;

    private Disk() {}

    /// Forces files and the folders that name them, side by side: the disk takes many as fast as one.
    static void sync(Collection<String> files) {
        if (files.isEmpty()) {
            return;
        }
        List<Path> paths = files.stream().map(Path::of).toList();
        Set<Path> folders = paths.stream().map(Path::getParent).collect(Collectors.toSet());
        int threads = Math.min(THREADS_MAX, paths.size() + folders.size());
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            paths.forEach(path -> all.add(force(path, StandardOpenOption.WRITE, pool)));
            folders.forEach(path -> all.add(force(path, StandardOpenOption.READ, pool)));
            all.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof AdeException known ? known : e;
        }
    }

    private static CompletableFuture<Void> force(
            Path path, StandardOpenOption option, ExecutorService pool) {
        return CompletableFuture.runAsync(() -> force(path, option), pool);
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
