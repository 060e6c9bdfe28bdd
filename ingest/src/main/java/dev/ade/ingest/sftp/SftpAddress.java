package dev.ade.ingest.sftp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where files lie on a server, as `sftp://user@host:22/folder/*.csv`. `/~/` begins in the folder of the user.
///
/// @param path may be a pattern; begins with `/`
public record SftpAddress(String user, String host, int port, String path) {
    private static final int PORT = 22;
    private static final int PORT_MAX = 65_535;
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "sftp://([^@:/]+)@([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(/.*)");

    /// Empty for what is none, such as one with a password in it.
    public static Optional<SftpAddress> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        int port = written.group(3) == null ? PORT : Integer.parseInt(written.group(3));
        return port > PORT_MAX
                ? Optional.empty()
                : Optional.of(
                        new SftpAddress(
                                written.group(1), written.group(2), port, written.group(4)));
    }

    /// The same place on the same server for the same user.
    public SftpAddress at(String otherPath) {
        return new SftpAddress(user, host, port, otherPath);
    }

    /// Without the user: `sftp://host`.
    public String server() {
        return "sftp://" + host + (port == PORT ? "" : ":" + port);
    }

    /// The host as sockets and `known_hosts` have it.
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// For messages and `_source`: without the user.
    @Override
    public String toString() {
        return server() + path;
    }
}
