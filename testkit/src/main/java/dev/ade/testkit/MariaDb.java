package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A real MariaDB server, from Debian's package, on a port and in a folder of its own. Tests that use it fail where the
/// package is missing. Where tests run as root, which MariaDB refuses, it runs as `nobody`. Or a MySQL, which speaks
/// alike, where `.ci/mysql` has put one.
public final class MariaDb implements AutoCloseable {
    public static final String USER = "owner";
    public static final String PASSWORD = "correct-horse";
    public static final String DATABASE = "shop";

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path MYSQL = Path.of("/opt/ade-mysql/usr");

    private static final Product MARIADB =
            new Product("jdbc:mariadb", List.of(SERVER.toString()), List.of("/usr/bin/mariadb"));
    private static final Product MYSQL_PRODUCT =
            new Product("jdbc:mysql", mysql("sbin/mysqld"), mysql("bin/mysql"));

    private final Product product;
    private final Path folder;
    private final int port;
    private final List<String> settings;
    private Process server;

    /// @param server the command that starts one
    /// @param client the command that asks one
    private record Product(String scheme, List<String> server, List<String> client) {}

    private MariaDb(Product product, Path folder, int port, List<String> settings) {
        this.product = product;
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.server = launch();
    }

    /// It has its own libraries beside it.
    private static List<String> mysql(String program) {
        String libraries = MYSQL.resolve("lib/x86_64-linux-gnu").toString();
        return List.of(
                MYSQL.resolve("lib64/ld-linux-x86-64.so.2").toString(),
                "--library-path",
                libraries
                        + ":"
                        + libraries
                        + "/mysql/private:"
                        + MYSQL.resolve("lib/mysql/private"),
                MYSQL.resolve(program).toString());
    }

    public static boolean hasMySql() {
        return Files.exists(MYSQL.resolve("sbin/mysqld"));
    }

    /// A MySQL; its users log in as its defaults say.
    public static MariaDb startMySql(String... settings) {
        List<String> places =
                List.of(
                        "basedir=" + MYSQL,
                        "secure-file-priv=",
                        "lc-messages-dir=" + MYSQL.resolve("share/mysql"));
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("mysqlx=0");
        all.addAll(places);
        return start(
                MYSQL_PRODUCT,
                all,
                data -> {
                    List<String> install = new ArrayList<>(MYSQL_PRODUCT.server());
                    install.addAll(
                            List.of("--no-defaults", "--initialize-insecure", "--datadir=" + data));
                    places.forEach(place -> install.add("--" + place));
                    return install;
                });
    }

    /// @param settings of the server, such as `binlog-format=ROW`; it writes a binary log of rows
    public static MariaDb start(String... settings) {
        if (!Files.exists(SERVER)) {
            throw new IllegalStateException(
                    "MariaDB is not installed: apt-get install mariadb-server");
        }
        return start(
                MARIADB,
                List.of(settings),
                data ->
                        List.of(
                                "/usr/bin/mariadb-install-db",
                                "--no-defaults",
                                "--datadir=" + data,
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db",
                                "--skip-name-resolve"));
    }

    private static MariaDb start(
            Product product, List<String> settings, Function<Path, List<String>> install) {
        try {
            Path folder = Servers.folder("ade-mariadb");
            Servers.own(folder);
            List<String> command = install.apply(folder.resolve("data"));
            Servers.run(Servers.unprivileged(command.toArray(String[]::new)), folder);
            MariaDb started = new MariaDb(product, folder, Servers.port(), settings);
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
        List<String> command = new ArrayList<>(product.server());
        command.addAll(
                List.of(
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
        List<String> command = new ArrayList<>(product.client());
        command.addAll(List.of("--no-defaults", "--user=" + user, "--socket=" + socket()));
        return command;
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
        return "%s://127.0.0.1:%d/%s".formatted(product.scheme(), port, DATABASE);
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

    /// A file of its data.
    public Path file(String name) {
        return folder.resolve("data").resolve(name);
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
