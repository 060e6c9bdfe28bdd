package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What starting and stopping the servers of tests has in common.
final class Servers {
    private static final int SECONDS_MAX = 60;
    private static final int POLL_MILLIS = 50;
    private static final String NOBODY = "nobody";

    private Servers() {}

    /// A folder that the server's user can reach, apart from those that tests clean up: its files are another user's.
    static Path folder(String name) throws IOException {
        return Files.createTempDirectory(
                name,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// As whom servers run.
    static String user() {
        return isRoot() ? NOBODY : System.getProperty("user.name", "");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    /// Gives a folder and all in it to the user as whom servers run.
    static void own(Path folder) {
        if (isRoot()) {
            run(List.of("chown", "-R", NOBODY, folder.toString()), folder);
        }
    }

    /// The command as the user as whom servers run; its process is the command itself.
    static List<String> unprivileged(String... command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + NOBODY,
                            "--regid=nogroup",
                            "--clear-groups",
                            "--"));
        }
        all.addAll(List.of(command));
        return all;
    }

    /// A port that was free a moment ago.
    static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void run(List<String> command, Path folder) {
        feed(new ProcessBuilder(command).directory(folder.toFile()), "");
    }

    /// Runs a command to its end.
    ///
    /// @return what it printed
    static String feed(ProcessBuilder command, String input) {
        try {
            Process process = command.redirectErrorStream(true).start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ended(process);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command.command().getFirst() + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server that ends with this process at the latest, also where that is interrupted.
    static Process launch(List<String> command, Path log) {
        try {
            Process server =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until a command that asks a server succeeds.
    static void await(Process server, Path log, List<String> asks) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        try {
            while (System.nanoTime() < end && server.isAlive()) {
                Process ask =
                        new ProcessBuilder(asks)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start();
                ended(ask);
                if (ask.exitValue() == 0) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            throw new IllegalStateException("The server did not start: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /// Ends it, and all that it started, as a power cut would.
    static void kill(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        ended(process);
        started.forEach(each -> each.onExit().orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join());
    }

    static void ended(Process process) {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("A process did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
