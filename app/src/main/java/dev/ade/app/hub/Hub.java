package dev.ade.app.hub;

import dev.ade.model.AdeException;
import dev.ade.project.HubIndex;
import dev.ade.spi.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/// A package hub: which versions of packages there are, and their files. Used by one thread.
public final class Hub implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*/[\\w-][\\w.-]*");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int INDEX_BYTES_MAX = 50_000_000;
    private static final int TARBALL_BYTES_MAX = 200_000_000;

    private final String address;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(TIMEOUT)
                    .build();
    private final Map<String, HubIndex> indexes = new HashMap<>();

    /// @param address of the hub, to which `api/v1/…` is added
    public Hub(String address) {
        this.address = address.endsWith("/") ? address : address + "/";
    }

    /// What there is of a package.
    ///
    /// @throws AdeException RESOURCE where the hub does not say
    public HubIndex index(String name) {
        if (!NAME.matcher(name).matches()) {
            throw AdeException.user(
                    "Cannot fetch package '%s': it is not called so".formatted(name),
                    "Write OWNER/NAME");
        }
        return indexes.computeIfAbsent(
                name,
                it ->
                        HubIndex.parse(
                                it,
                                new String(
                                        fetch(address + "api/v1/" + it + ".json", INDEX_BYTES_MAX),
                                        StandardCharsets.UTF_8)));
    }

    /// The files of a version, packed.
    ///
    /// @throws AdeException RESOURCE where they are not those that the hub means
    public byte[] tarball(String name, HubIndex.Release release) {
        byte[] bytes = fetch(release.tarball(), TARBALL_BYTES_MAX);
        if (release.sha1().isPresent() && !release.sha1().get().equalsIgnoreCase(sha1(bytes))) {
            throw AdeException.resource(
                    "Cannot take %s %s: its files have SHA-1 %s, the hub says %s"
                            .formatted(name, release.text(), sha1(bytes), release.sha1().get()),
                    "Somebody changed them since: ask who keeps the hub");
        }
        return bytes;
    }

    /// What a lock knows files by.
    static String sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    private static String sha1(byte[] bytes) {
        return digest("SHA-1", bytes);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] fetch(String from, int bytesMax) {
        URI uri = uri(from);
        try {
            HttpResponse<InputStream> response =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET().build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                uri(response.uri().toString()); // it may have been redirected
                if (response.statusCode() != 200) {
                    throw failed(from, "it answers " + response.statusCode());
                }
                return read(from, body, bytesMax);
            }
        } catch (IOException e) {
            throw failed(from, e.getClass().getSimpleName()).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Fetching packages was stopped");
        }
    }

    private static byte[] read(String from, InputStream body, int bytesMax) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            bytes.write(buffer, 0, count);
            if (bytes.size() > bytesMax) {
                throw failed(from, "it is larger than %,d bytes".formatted(bytesMax));
            }
        }
        return bytes.toByteArray();
    }

    private static URI uri(String from) {
        try {
            URI uri = URI.create(from);
            if ("http".equals(uri.getScheme()) && !Wire.isPrivate(uri)) {
                throw failed(from, "on the way its files can be changed: it is http, not https");
            }
            if ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw failed(from, "it is no address").causedBy(e);
        }
        throw failed(from, "it is no address of http or https");
    }

    private static AdeException failed(String from, String reason) {
        return AdeException.resource(
                "Cannot fetch %s: %s".formatted(from, reason),
                "Check DBT_PACKAGE_HUB_URL and the network, name a repository with git:, or put the package's folder into dbt_packages/");
    }

    @Override
    public void close() {
        client.close();
    }
}
