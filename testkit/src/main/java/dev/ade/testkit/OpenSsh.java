package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A real OpenSSH server for SFTP, from Debian's package, on a port and in a folder of its own. It lets its user in by a key
/// alone: to know passwords it would have to be root. Tests that use it fail where the package is missing.
public final class OpenSsh implements AutoCloseable {
    /// Of the key that has one.
    public static final String PASSPHRASE = "staple-battery";

    private static final Path INSTALLED = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port;
    private final Process server;

    private OpenSsh(Path folder, int port) {
        this.folder = folder;
        this.port = port;
        this.server =
                Servers.launch(
                        Servers.unprivileged(
                                INSTALLED.toString(),
                                "-D",
                                "-e",
                                "-f",
                                folder.resolve("config").toString()),
                        folder.resolve("log"));
    }

    public static OpenSsh start() {
        if (!Files.isExecutable(INSTALLED)) {
            throw new IllegalStateException(
                    "OpenSSH's server is not installed: apt-get install openssh-server");
        }
        try {
            Path folder = Servers.folder("ade-sftp");
            int port = Servers.port();
            keys(folder, "host", "");
            keys(folder, "user", "");
            keys(folder, "locked", PASSPHRASE);
            Files.writeString(
                    folder.resolve("authorized"),
                    Files.readString(folder.resolve("user.pub"))
                            + Files.readString(folder.resolve("locked.pub")));
            Files.createDirectory(folder.resolve("outbox"));
            Files.writeString(folder.resolve("config"), config(folder, port));
            Servers.own(folder);
            OpenSsh started = new OpenSsh(folder, port);
            started.await();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keys(Path folder, String name, String passphrase) {
        Servers.run(
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", name), folder);
    }

    /// PAM lets in users whose account is locked for passwords, as that of servers is.
    private static String config(Path folder, int port) {
        return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %2$s/host
        AuthorizedKeysFile %2$s/authorized
        PidFile none
        StrictModes no
        UsePAM yes
        PasswordAuthentication yes
        Subsystem sftp internal-sftp
        ForceCommand internal-sftp
        """
                .formatted(port, folder);
    }

    private void await() {
        Servers.await(
                server,
                folder.resolve("log"),
                List.of(
                        "sftp",
                        "-q",
                        "-b",
                        "/dev/null",
                        "-P",
                        String.valueOf(port),
                        "-i",
                        key().toString(),
                        "-o",
                        "StrictHostKeyChecking=no",
                        "-o",
                        "UserKnownHostsFile=/dev/null",
                        user() + "@127.0.0.1"));
    }

    /// The folder that it serves; also its path on the server.
    public Path outbox() {
        return folder.resolve("outbox");
    }

    public int port() {
        return port;
    }

    public String user() {
        return Servers.user();
    }

    /// The private key of the user.
    public Path key() {
        return folder.resolve("user");
    }

    /// Another that is let in, encrypted with the passphrase.
    public Path lockedKey() {
        return folder.resolve("locked");
    }

    /// Makes another that is let in.
    ///
    /// @param options of `ssh-keygen`
    public Path newKey(String name, List<String> options) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", "", "-f", name));
        command.addAll(options);
        Servers.run(command, folder);
        try {
            Files.writeString(
                    folder.resolve("authorized"),
                    Files.readString(folder.resolve(name + ".pub")),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve(name);
    }

    /// The fingerprint of its host key.
    public String hostKey() {
        String shown =
                Servers.feed(
                        new ProcessBuilder("ssh-keygen", "-l", "-f", folder + "/host.pub"), "");
        return shown.split(" ", 3)[1];
    }

    /// A line of `known_hosts` for it.
    public String knownHost() {
        try {
            return "[127.0.0.1]:%d %s"
                    .formatted(port, Files.readString(folder.resolve("host.pub")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Servers.kill(server);
        Servers.remove(folder);
    }
}
