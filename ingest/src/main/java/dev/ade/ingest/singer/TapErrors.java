package dev.ade.ingest.singer;

import dev.ade.spi.OwnerOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The last lines of what a tap says of itself. They may show rows, so they stay in a file that only its owner can read;
/// messages, which many can query, name at most the class of an exception.
final class TapErrors {
    private static final int LINES_KEPT = 100;
    private static final int LINE_CHARS_MAX = 10_000;
    private static final Pattern EXCEPTION =
            Pattern.compile(
                    "((?:[A-Za-z_]\\w{0,40}\\.){0,8}[A-Za-z_]\\w{0,60}(?:Error|Exception))\\b(?::.*)?");

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    TapErrors(Process process) {
        this.thread = Thread.ofVirtual().start(() -> read(process));
    }

    void await(Duration patience) throws InterruptedException {
        thread.join(patience);
    }

    private void read(Process process) {
        try (BufferedReader in = process.errorReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    add(line.toString());
                    line.setLength(0);
                } else if (line.length() < LINE_CHARS_MAX) {
                    line.append((char) c);
                }
            }
            add(line.toString());
        } catch (IOException e) {
            add("(what it said more was lost)");
        }
    }

    private synchronized void add(String line) {
        if (line.isBlank()) {
            return;
        }
        lines.add(line.stripTrailing());
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
    }

    /// Keeps the lines in place of those of the last failure.
    ///
    /// @param hidden takes secrets out of a line
    /// @return what a message may say of them; empty where there are none
    synchronized String keep(Path folder, String name, UnaryOperator<String> hidden) {
        if (lines.isEmpty()) {
            return "";
        }
        Matcher last = EXCEPTION.matcher(lines.getLast());
        String exception = last.matches() ? " (" + last.group(1) + ")" : "";
        Path file = folder.resolve(name);
        try {
            OwnerOnly.folders(folder);
            Files.deleteIfExists(file);
            Files.createFile(file, OwnerOnly.file(folder));
            Files.write(file, lines.stream().map(hidden).toList());
            return exception + "; what it said is in " + file;
        } catch (IOException e) {
            return exception + "; what it said cannot be kept in " + file;
        }
    }
}
