package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A real PostgreSQL server, from Debian's package, on a port and in a folder of its own. Tests that use it fail where
/// the package is missing. Where tests run as root, which PostgreSQL refuses, it runs as `nobody`.
public final class Postgres implements AutoCloseable {
    public static final String USER = "owner";
    public static final String PASSWORD = "correct-horse";
    public static final String DATABASE = "postgres";

    private static final String IN_USE = "pre-existing shared memory block";
    private static final int STARTS_MAX = 50;

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final Path programs;
    private final int port;
    private final List<String> settings;
    private Process server;

    private Postgres(Path folder, Path programs, int port, List<String> settings) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
        this.settings = settings;
        this.server = launch();
    }

    /// @param settings of the server, such as `wal_level=logical`
    public static Postgres start(String... settings) {
        try {
            Path programs = programs();
            Path folder = Servers.folder("ade-postgres");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            Servers.own(folder);
            Servers.run(
                    Servers.unprivileged(
                            programs.resolve("initdb").toString(),
                            "--pgdata=" + folder.resolve("data"),
                            "--username=" + USER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C.UTF-8",
                            "--no-sync"),
                    folder);
            Postgres started = new Postgres(folder, programs, Servers.port(), List.of(settings));
            started.await();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest that is installed.
    private static Path programs() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            throw new IllegalStateException(
                    "PostgreSQL is not installed: apt-get install postgresql");
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(() ->
                            new IllegalStateException(
                                    "PostgreSQL is not installed: apt-get install postgresql"));
        }
    }

    private Process launch() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                programs.resolve("postgres").toString(),
                                "-D",
                                folder.resolve("data").toString(),
                                "-p",
                                String.valueOf(port),
                                "-k",
                                folder.toString()));
        Stream.concat(
                        Stream.of("listen_addresses=127.0.0.1", "fsync=off", "timezone=Asia/Tokyo"),
                        settings.stream())
                .forEach(setting -> command.addAll(List.of("-c", setting)));
        return Servers.launch(
                Servers.unprivileged(command.toArray(String[]::new)), folder.resolve("log"));
    }

    private void await() {
        Servers.await(
                server,
                folder.resolve("log"),
                List.of(
                        programs.resolve("pg_isready").toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port)));
    }

    public int port() {
        return port;
    }

    /// Of its one database, without a login.
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    /// Runs statements, each in a transaction of its own, as the owner.
    ///
    /// @return what they give, one line a row, columns parted by `|`
    public String sql(String statements) {
        ProcessBuilder psql =
                new ProcessBuilder(
                        programs.resolve("psql").toString(),
                        "--no-psqlrc",
                        "--quiet",
                        "--tuples-only",
                        "--no-align",
                        "--set=ON_ERROR_STOP=1",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + USER,
                        "--file=-",
                        DATABASE);
        psql.environment().put("PGPASSWORD", PASSWORD);
        return Servers.feed(psql, statements);
    }

    /// Ends it as a power cut would.
    public void kill() {
        Servers.kill(server);
    }

    /// Starts it again after `kill`, on the same port.
    public void restart() {
        for (int tries = 1; ; tries++) {
            server = launch();
            try {
                await();
                return;
            } catch (IllegalStateException e) {
                // One that was started while the server was killed ends by itself, a moment later.
                if (tries == STARTS_MAX || !String.valueOf(e.getMessage()).contains(IN_USE)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        kill();
        Servers.remove(folder);
    }
}
