package dev.ade.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real server of S3's protocol (S3Proxy, Apache-2.0) on a port of its own, with buckets that are folders of its own. It
/// lets in only who signs with its key.
public final class S3Server implements AutoCloseable {
    public static final String ACCESS_KEY = "lake-reader";

    private final Path folder;
    private final int port;
    private final Process server;

    private S3Server(Path folder, int port, Process server) {
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /// @param jar the server with all that it needs
    /// @param secretKey of who is let in
    public static S3Server start(Path jar, String secretKey) {
        try {
            Path folder = Servers.folder("ade-s3");
            Files.createDirectories(folder.resolve("buckets"));
            int port = Servers.port();
            Path settings = folder.resolve("s3proxy.conf");
            Files.writeString(
                    settings,
                    """
                    s3proxy.endpoint=http://127.0.0.1:%d
                    s3proxy.authorization=aws-v2-or-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    jclouds.provider=filesystem-nio2
                    jclouds.filesystem.basedir=%s
                    jclouds.identity=none
                    jclouds.credential=none
                    """
                            .formatted(port, ACCESS_KEY, secretKey, folder.resolve("buckets")));
            Process server =
                    Servers.launch(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-jar",
                                    jar.toAbsolutePath().toString(),
                                    "--properties",
                                    settings.toString()),
                            folder.resolve("log"));
            Servers.await(
                    server,
                    folder.resolve("log"),
                    List.of("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port));
            return new S3Server(folder, port, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /// The folder of a bucket, whose files are its objects.
    public Path bucket(String name) {
        try {
            return Files.createDirectories(folder.resolve("buckets").resolve(name));
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
