package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A real MariaDB server, from Debian's package, on a port and in a folder of its own. Tests that use it fail where the
/// package is missing. Where tests run as root, which MariaDB refuses, it runs as `nobody`.
public final class MariaDb implements AutoCloseable {
    public static final String USER = "owner";
    public static final String PASSWORD = "correct-horse";
    public static final String DATABASE = "shop";

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final String INSTALL = "/usr/bin/mariadb-install-db";
    private static final String CLIENT = "/usr/bin/mariadb";

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process server;

    private MariaDb(Path folder, int port, List<String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.server = launch();
    }

    /// @param settings of the server, such as `binlog-format=ROW`; it writes a binary log of rows
    public static MariaDb start(String... settings) {
        if (!Files.exists(SERVER)) {
            throw new IllegalStateException(
                    "MariaDB is not installed: apt-get install mariadb-server");
        }
        try {
            Path folder = Servers.folder("ade-mariadb");
            Servers.own(folder);
            Servers.run(
                    Servers.unprivileged(
                            INSTALL,
                            "--no-defaults",
                            "--datadir=" + folder.resolve("data"),
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db",
                            "--skip-name-resolve"),
                    folder);
            MariaDb started = new MariaDb(folder, Servers.port(), List.of(settings));
            started.await();
            started.asRoot(
                    """
                    create database %s character set utf8mb4;
                    create user '%s'@'%%' identified by '%s';
                    grant all privileges on *.* to '%s'@'%%' with grant option;
                    """
                            .formatted(DATABASE, USER, PASSWORD, USER));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                SERVER.toString(),
                                "--no-defaults",
                                "--datadir=" + folder.resolve("data"),
                                "--socket=" + socket(),
                                "--pid-file=" + folder.resolve("pid"),
                                "--port=" + port));
        Stream.concat(
                        Stream.of(
                                "bind-address=127.0.0.1",
                                "skip-name-resolve",
                                "log-bin=" + folder.resolve("data/log"),
                                "binlog-format=ROW",
                                "server-id=1",
                                "innodb-flush-log-at-trx-commit=2",
                                "innodb-buffer-pool-size=64M",
                                "default-time-zone=+09:00"),
                        settings.stream())
                .forEach(setting -> command.add("--" + setting));
        return Servers.launch(
                Servers.unprivileged(command.toArray(String[]::new)), folder.resolve("log"));
    }

    private Path socket() {
        return folder.resolve("socket");
    }

    private List<String> client(String user) {
        return List.of(CLIENT, "--no-defaults", "--user=" + user, "--socket=" + socket());
    }

    private void await() {
        List<String> ask = new ArrayList<>(client("root"));
        ask.add("--execute=select 1");
        Servers.await(server, folder.resolve("log"), ask);
    }

    private void asRoot(String statements) {
        Servers.feed(new ProcessBuilder(client("root")), statements);
    }

    public int port() {
        return port;
    }

    /// Of its one database, without a login.
    public String url() {
        return "jdbc:mariadb://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    /// Runs statements, each in a transaction of its own, as the owner.
    ///
    /// @return what they give, one line a row, columns parted by tabs
    public String sql(String statements) {
        List<String> command = new ArrayList<>(client(USER));
        command.addAll(
                List.of(
                        "--batch",
                        "--raw",
                        "--skip-column-names",
                        "--default-character-set=utf8mb4",
                        DATABASE));
        ProcessBuilder client = new ProcessBuilder(command);
        client.environment().put("MYSQL_PWD", PASSWORD);
        return Servers.feed(client, statements);
    }

    /// Ends it as a power cut would.
    public void kill() {
        Servers.kill(server);
    }

    /// Starts it again after `kill`, on the same port.
    public void restart() {
        server = launch();
        await();
    }

    @Override
    public void close() {
        kill();
        Servers.remove(folder);
    }
}
