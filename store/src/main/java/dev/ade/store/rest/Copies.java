package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.FreeSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.io.FileIO;

/// Files of a table where the engine finds them: those of this machine where they lie, those of S3 as copies in the stage,
/// which is removed when the load ends.
final class Copies {
    private static final int SIDE_BY_SIDE = 4;
    private static final int BUFFER = 1 << 20;

    private final Locations locations;
    private final FileIO io;
    private final Stage stage;
    private final Map<String, Path> copies = new LinkedHashMap<>();
    private volatile boolean hasFailed;

    Copies(Locations locations, FileIO io, Stage stage) {
        this.locations = locations;
        this.io = io;
        this.stage = stage;
    }

    /// Where a file is.
    Path path(ContentFile<?> file) {
        if (!Locations.isRemote(file.location())) {
            return locations.path(file.location());
        }
        fetch(List.of(file));
        return Objects.requireNonNull(copies.get(file.location()));
    }

    /// Has copies of all that need one, some at once.
    void fetch(Collection<? extends ContentFile<?>> files) {
        Map<String, ContentFile<?>> missing = new LinkedHashMap<>();
        files.stream()
                .filter(file -> Locations.isRemote(file.location()))
                .filter(file -> !copies.containsKey(file.location()))
                .forEach(file -> missing.put(file.location(), file));
        if (missing.isEmpty()) {
            return;
        }
        long bytes = missing.values().stream().mapToLong(ContentFile::fileSizeInBytes).sum();
        stage.progress()
                .phase(
                        "fetching %,d %s, %,d MB"
                                .formatted(
                                        missing.size(),
                                        missing.size() == 1 ? "file" : "files",
                                        bytes >> 20));
        FreeSpace.require(bytes, stage.folder(), "the table's files");
        AtomicLong came = new AtomicLong();
        try (ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<Future<Path>> all = new ArrayList<>();
            for (ContentFile<?> file : missing.values()) {
                Path copy = stage.folder().resolve("%06d".formatted(copies.size()));
                copies.put(file.location(), copy);
                Counter counter = new Counter(came, bytes);
                all.add(threads.submit(() -> copyOrStop(file, copy, counter)));
            }
            await(all);
        }
    }

    /// Bytes of all copies so far, of so many.
    private record Counter(AtomicLong came, long all) {
        double add(int bytes) {
            return (double) came.addAndGet(bytes) / Math.max(1, all);
        }
    }

    /// Where one fails, the others stop.
    private Path copyOrStop(ContentFile<?> file, Path copy, Counter counter) throws IOException {
        try {
            copy(file, copy, counter);
            return copy;
        } catch (IOException | RuntimeException e) {
            hasFailed = true;
            throw e;
        }
    }

    private void copy(ContentFile<?> file, Path copy, Counter counter) throws IOException {
        long bytes = file.fileSizeInBytes();
        try (InputStream in = io.newInputFile(file.location(), bytes).newStream();
                OutputStream out = Files.newOutputStream(copy)) {
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (hasFailed || stage.progress().isCancelled()) {
                    throw AdeException.cancelled("Interrupted");
                }
                out.write(buffer, 0, length);
                stage.progress().share(counter.add(length));
            }
        }
        if (Files.size(copy) != bytes) {
            throw new IOException(
                    "%s has %,d bytes, and the table says %,d"
                            .formatted(file.location(), Files.size(copy), bytes));
        }
    }

    private static void await(List<Future<Path>> all) {
        Optional<ExecutionException> first = Optional.empty();
        try {
            for (Future<Path> one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    first = first.filter(it -> !isStopped(it)).or(() -> Optional.of(e));
                }
            }
        } catch (InterruptedException e) {
            all.forEach(one -> one.cancel(true));
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Interrupted").causedBy(e);
        }
        first.ifPresent(Copies::fail);
    }

    /// Because of another.
    private static boolean isStopped(ExecutionException e) {
        return e.getCause() instanceof AdeException;
    }

    private static void fail(ExecutionException e) {
        switch (e.getCause()) {
            case RuntimeException cause -> throw cause;
            case IOException cause -> throw new UncheckedIOException(cause);
            case null, default -> throw AdeException.internal("Cannot copy files", e);
        }
    }
}
