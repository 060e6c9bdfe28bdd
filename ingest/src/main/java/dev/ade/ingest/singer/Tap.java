package dev.ade.ingest.singer;

import dev.ade.ingest.format.UnpackLimit;
import dev.ade.model.AdeException;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector;
import dev.ade.spi.Progress;
import dev.ade.spi.Secrets;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/// Runs a tap as a process of its own, which never outlives the call.
final class Tap {
    private static final int LINE_CHARS_MAX = 64 << 20;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SingerSettings settings;
    private final Connector.Request request;
    private final Secrets secrets;
    private final Place place;
    private final Path folder;

    /// How files of a tap are packed.
    enum Packing {
        NONE,
        GZIP
    }

    /// Told of each line that a tap prints, or wrote.
    interface Lines {
        /// @param number from 1
        void line(long number, String text) throws IOException;
    }

    /// @param root the project's folder, where taps run
    /// @param said folder of what taps said that failed
    record Place(Path root, Path said) {}

    /// @param place where it runs
    /// @param folder that only this user can read
    Tap(SingerSettings settings, Connector.Request request, Place place, Path folder) {
        this.settings = settings;
        this.request = request;
        this.secrets = Secrets.of(request);
        this.place = place;
        this.folder = folder;
    }

    /// Writes a file for the tap, which only this user can read.
    String file(String name, String text) {
        Path file = folder.resolve(name);
        try {
            File made = Files.createFile(file).toFile();
            boolean isOwn =
                    made.setReadable(false, false)
                            && made.setReadable(true, true)
                            && made.setWritable(false, false)
                            && made.setWritable(true, true);
            if (!isOwn) {
                throw new IOException("it cannot be kept from others");
            }
            Files.writeString(file, text);
            return file.toString();
        } catch (IOException e) {
            throw failure(
                    "%s cannot be written: %s".formatted(file, e.getMessage()),
                    "Check the free space");
        }
    }

    /// Runs it to its end.
    ///
    /// @throws AdeException where it fails, prints too much at once, takes too long or is cancelled
    void run(List<String> arguments, Progress progress, Lines lines) {
        forget();
        List<String> command = new ArrayList<>(settings.command());
        command.set(0, program(command.getFirst()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.root().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ADE_"));
        Process process = start(builder);
        TapErrors errors = new TapErrors(process);
        try (CancelWatch _ = CancelWatch.of(progress, () -> kill(process));
                Timer timer = new Timer(process, settings.timeout())) {
            process.getOutputStream().close();
            read(process, lines);
            int status = process.waitFor();
            errors.await(GRACE);
            requireGood(progress, timer, status, errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Cancelled");
        } catch (IOException e) {
            requireGood(progress, null, 0, errors);
            throw failure(String.valueOf(e.getMessage()), "Run again");
        } finally {
            kill(process);
        }
    }

    private String said() {
        return request.source().name() + ".txt";
    }

    /// What it said when it failed before.
    private void forget() {
        Path file = place.said().resolve(said());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(
                    "%s cannot be removed: %s".formatted(file, e.getMessage()), "Make it writable");
        }
    }

    private void requireGood(
            Progress progress,
            @org.jspecify.annotations.Nullable Timer timer,
            int status,
            TapErrors errors) {
        if (progress.isCancelled()) {
            throw AdeException.cancelled("Cancelled");
        }
        if (timer != null && timer.isOver) {
            throw failure(
                    "%s was not done after %d minutes"
                            .formatted(name(), settings.timeout().toMinutes()),
                    "Raise timeout_minutes of load, or find out what it waits for");
        }
        if (status != 0) {
            throw failure(
                    "%s ended with status %d%s"
                            .formatted(
                                    name(),
                                    status,
                                    errors.keep(place.said(), said(), secrets::hide)),
                    "Nothing was published. The next run goes on where the last published one ended");
        }
    }

    /// A name is looked for on the path, a path from the project's folder.
    private String program(String first) {
        return first.indexOf('/') < 0 ? first : place.root().resolve(first).toString();
    }

    String name() {
        return settings.command().getFirst();
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw failure(
                    "%s cannot be started: %s".formatted(name(), e.getMessage()),
                    "Install it where ADE runs, and name it as a shell finds it or by its path");
        }
    }

    private void read(Process process, Lines lines) throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            read(out, name(), lines);
        }
    }

    private void read(Reader text, String name, Lines lines) throws IOException {
        StringBuilder line = new StringBuilder();
        long number = 1;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == '\n') {
                lines.line(number, line.toString());
                number++;
                line.setLength(0);
            } else if (line.length() == LINE_CHARS_MAX) {
                throw failure(
                        "line %d of %s is longer than %d million characters"
                                .formatted(number, name, LINE_CHARS_MAX >> 20),
                        "Deselect what is so large");
            } else {
                line.append((char) c);
            }
        }
        if (!line.isEmpty()) {
            lines.line(number, line.toString());
        }
    }

    /// Reads a file that it wrote.
    void read(Path file, Packing packing, Lines lines) throws IOException {
        UnpackLimit.Unpacking unpacking =
                settings.unpackLimit().of(Files.size(file), reason -> tooLarge(file, reason));
        try (InputStream in = Files.newInputStream(file);
                InputStream plain =
                        switch (packing) {
                            case NONE -> in;
                            case GZIP -> unpacking.on(new GZIPInputStream(in));
                        };
                Reader text =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            read(text, file.getFileName().toString(), lines);
        }
    }

    private AdeException tooLarge(Path file, String reason) {
        return failure(
                "of %s %s".formatted(file.getFileName(), reason),
                "If that is right, raise unpacked_max in load" + UnpackLimit.HOW);
    }

    /// @param reason without secrets once they are hidden
    AdeException failure(String reason, String next) {
        return AdeException.resource(
                        "Cannot load %s: %s"
                                .formatted(request.source().name(), secrets.hide(reason)),
                        next)
                .at(request.source().location());
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Ends a process that takes too long.
    private static final class Timer implements AutoCloseable {
        private final Thread thread;
        private volatile boolean isOver;

        Timer(Process process, Duration after) {
            this.thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    if (!process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS)) {
                                        isOver = true;
                                        kill(process);
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
