package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.ade.model.AdeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages from a hub that runs on this machine.
class HubDepsTest {
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final Map<String, String> versions = new TreeMap<>();
    private @org.jspecify.annotations.Nullable HttpServer server;
    private Path root = Path.of("");

    @BeforeEach
    void open_a_hub(@TempDir Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("project"));
        Files.writeString(root.resolve("dbt_project.yml"), "name: estate\n");
        HttpServer opened =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        opened.createContext(
                "/",
                exchange -> {
                    byte[] page = pages.get(exchange.getRequestURI().getPath());
                    byte[] body = page == null ? new byte[0] : page;
                    exchange.sendResponseHeaders(page == null ? 404 : 200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        opened.start();
        server = opened;
    }

    @AfterEach
    void close_it() {
        server().stop(0);
    }

    private HttpServer server() {
        return java.util.Objects.requireNonNull(server);
    }

    private String address() {
        return "http://localhost:" + server().getAddress().getPort();
    }

    private Deps.Result fetch() {
        Map<String, String> environment = Map.of("DBT_PACKAGE_HUB_URL", address());
        return new Deps(root, environment::get).fetch();
    }

    private void wants(String... packages) throws IOException {
        Files.writeString(
                root.resolve("packages.yml"), "packages:\n" + String.join("\n", packages) + "\n");
    }

    private String installed(String name) throws IOException {
        return Files.readString(root.resolve("dbt_packages/" + name + "/macros/m.sql"));
    }

    /// Puts a version of a package into the hub.
    ///
    /// @param more members of its JSON, each with a comma behind it
    private void publish(String address, String version, String more) throws IOException {
        String name = address.substring(address.indexOf('/') + 1);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("dbt_project.yml", "name: " + name + "\n");
        files.put("macros/m.sql", version);
        publish(address, version, more, tarball("top-" + version, files));
    }

    private void publish(String address, String version, String more, byte[] packed) {
        String path = "/files/%s/%s.tar.gz".formatted(address, version);
        pages.put(path, packed);
        versions.merge(
                address,
                "\"%s\": {%s \"downloads\": {\"tarball\": \"%s\", \"sha1\": \"%s\"}}"
                        .formatted(version, more, address() + path, sha1(packed)),
                (before, one) -> before + ", " + one);
        pages.put(
                "/api/v1/" + address + ".json",
                "{\"name\": \"x\", \"versions\": {%s}}"
                        .formatted(versions.get(address))
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// Of the files that the hub has now.
    private String sum(String address, String version) {
        return digest(
                "SHA-256",
                java.util.Objects.requireNonNull(
                        pages.get("/files/%s/%s.tar.gz".formatted(address, version))));
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

    private static byte[] tarball(String top, Map<String, String> files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, String> file : files.entrySet()) {
            entry(tar, top + "/" + file.getKey(), '0', file.getValue());
        }
        return packed(tar);
    }

    private static byte[] packed(ByteArrayOutputStream tar) throws IOException {
        tar.write(new byte[1024]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(tar.toByteArray());
        }
        return packed.toByteArray();
    }

    private static void entry(ByteArrayOutputStream tar, String name, char type, String text)
            throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
        byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = (byte) type;
        tar.write(header);
        tar.write(content);
        tar.write(new byte[(512 - content.length % 512) % 512]);
    }

    @Test
    void takes_the_newest_version_that_will_do_and_what_it_needs() throws IOException {
        publish("acme/tools", "1.0.0", "");
        publish("acme/tools", "1.9.0", "");
        publish("acme/tools", "1.10.0", "");
        publish("acme/tools", "1.11.0-rc1", "");
        publish("acme/tools", "2.0.0", "");
        publish(
                "acme/shapes",
                "0.3.0",
                "\"packages\": [{\"package\": \"acme/tools\", \"version\": [\">=1.0.0\", \"<1.10.0\"]}],");
        wants(
                "  - package: acme/tools\n    version: [\">=1.0.0\", \"<2.0.0\"]",
                "  - package: acme/shapes\n    version: 0.3.0");
        assertThat(fetch().fromHub())
                .extracting(Deps.FromHub::name, Deps.FromHub::address, Deps.FromHub::version)
                .containsExactly(
                        tuple("shapes", "acme/shapes", "0.3.0"),
                        tuple("tools", "acme/tools", "1.9.0"));
        assertThat(installed("tools")).isEqualTo("1.9.0");
        assertThat(root.resolve("package-lock.yml"))
                .hasContent(
                        """
                        packages:
                          - package: "acme/shapes"
                            name: "shapes"
                            version: "0.3.0"
                            # sha256 acme/shapes 0.3.0 %s
                          - package: "acme/tools"
                            name: "tools"
                            version: "1.9.0"
                            # sha256 acme/tools 1.9.0 %s
                        """
                                .formatted(
                                        sum("acme/shapes", "0.3.0"), sum("acme/tools", "1.9.0")));
    }

    @Test
    void takes_the_locked_version_again_until_it_will_not_do() throws IOException {
        publish("acme/tools", "1.0.0", "");
        wants("  - package: acme/tools\n    version: \">=1.0.0\"");
        fetch();
        publish("acme/tools", "1.1.0", "");
        fetch();
        assertThat(installed("tools")).isEqualTo("1.0.0");
        wants("  - package: acme/tools\n    version: \">1.0.0\"");
        fetch();
        assertThat(installed("tools")).isEqualTo("1.1.0");
    }

    @Test
    void a_version_that_is_no_release_is_taken_where_it_is_asked_for() throws IOException {
        publish("acme/tools", "1.0.0", "");
        publish("acme/tools", "1.1.0-rc2", "");
        publish("acme/tools", "1.1.0-rc10", "");
        wants("  - package: acme/tools\n    version: \">=1.0.0\"\n    install-prerelease: true");
        fetch();
        assertThat(installed("tools")).isEqualTo("1.1.0-rc2");
        wants("  - package: acme/tools\n    version: 1.1.0-rc10");
        fetch();
        assertThat(installed("tools")).isEqualTo("1.1.0-rc10");
    }

    @Test
    void versions_for_another_dbt_come_last() throws IOException {
        publish("acme/tools", "1.0.0", "\"require_dbt_version\": [\">=1.3.0\", \"<2.0.0\"],");
        publish("acme/tools", "2.0.0", "\"require_dbt_version\": [\">=2.0.0\"],");
        wants("  - package: acme/tools\n    version: \">=1.0.0\"");
        fetch();
        assertThat(installed("tools")).isEqualTo("1.0.0");
    }

    @Test
    void what_does_not_go_together_is_said_with_who_wants_it() throws IOException {
        publish("acme/tools", "1.0.0", "");
        publish(
                "acme/shapes",
                "0.3.0",
                "\"packages\": [{\"package\": \"acme/tools\", \"version\": [\">=2.0.0\"]}],");
        wants(
                "  - package: acme/tools\n    version: 1.0.0",
                "  - package: acme/shapes\n    version: 0.3.0");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot fetch package acme/tools: no version will do for all: packages.yml:2:5 wants =1.0.0; acme/shapes 0.3.0 wants >=2.0.0");
    }

    @Test
    void files_that_are_others_than_the_hub_means_are_not_taken() throws IOException {
        publish("acme/tools", "1.0.0", "");
        pages.put(
                "/files/acme/tools/1.0.0.tar.gz",
                tarball("top", Map.of("dbt_project.yml", "name: x")));
        wants("  - package: acme/tools\n    version: 1.0.0");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(AdeException.class)
                .hasMessageStartingWith("Cannot take acme/tools 1.0.0: its files have SHA-1");
        assertThat(root.resolve("dbt_packages/tools")).doesNotExist();
    }

    @Test
    void a_locked_version_has_the_files_that_it_had() throws IOException {
        publish("acme/tools", "1.0.0", "");
        wants("  - package: acme/tools\n    version: 1.0.0");
        fetch();
        String before = sum("acme/tools", "1.0.0");
        versions.clear();
        publish(
                "acme/tools",
                "1.0.0",
                "",
                tarball("top", Map.of("dbt_project.yml", "name: tools", "macros/m.sql", "evil")));

        assertThatThrownBy(this::fetch)
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot take acme/tools 1.0.0: its files have SHA-256 %s, package-lock.yml says %s"
                                .formatted(sum("acme/tools", "1.0.0"), before));
        assertThat(installed("tools")).isEqualTo("1.0.0");

        Files.delete(root.resolve("package-lock.yml"));
        fetch();
        assertThat(installed("tools")).isEqualTo("evil");
    }

    @Test
    void files_that_may_be_changed_on_the_way_are_not_fetched() throws IOException {
        wants("  - package: acme/tools\n    version: 1.0.0");
        assertThatThrownBy(() -> new Deps(root, _ -> "http://hub.invalid").fetch())
                .hasMessage(
                        "Cannot fetch http://hub.invalid/api/v1/acme/tools.json: on the way its files can be changed: it is http, not https");
    }

    @Test
    void what_would_lie_outside_or_is_a_link_is_not_unpacked() throws IOException {
        ByteArrayOutputStream outside = new ByteArrayOutputStream();
        entry(outside, "top/../../../evil.txt", '0', "x");
        publish("acme/outside", "1.0.0", "", packed(outside));
        wants("  - package: acme/outside\n    version: 1.0.0");
        assertThatThrownBy(this::fetch)
                .hasMessage(
                        "Cannot unpack acme/outside 1.0.0: top/../../../evil.txt in it would lie outside of it");

        ByteArrayOutputStream link = new ByteArrayOutputStream();
        entry(link, "top/passwd", '2', "");
        publish("acme/link", "1.0.0", "", packed(link));
        wants("  - package: acme/link\n    version: 1.0.0");
        assertThatThrownBy(this::fetch)
                .hasMessage(
                        "Cannot unpack acme/link 1.0.0: top/passwd in it is a link or a device");
        publish("acme/broken", "1.0.0", "", new byte[] {1, 2, 3});
        wants("  - package: acme/broken\n    version: 1.0.0");
        assertThatThrownBy(this::fetch)
                .hasMessage("Cannot unpack acme/broken 1.0.0: its files are broken");
        assertThat(root.resolve("dbt_packages/.fetching")).doesNotExist();
        assertThat(root.resolve("../evil.txt")).doesNotExist();
    }

    @Test
    void a_package_that_the_hub_does_not_know_is_said() throws IOException {
        wants("  - package: acme/nothing\n    version: 1.0.0");
        assertThatThrownBy(this::fetch)
                .hasMessage(
                        "Cannot fetch %s/api/v1/acme/nothing.json: it answers 404"
                                .formatted(address()));
    }

    @Test
    void without_a_hub_packages_have_to_be_there() throws IOException {
        wants("  - package: acme/tools\n    version: 1.0.0");
        Deps deps = new Deps(root, _ -> null);
        assertThatThrownBy(deps::fetch)
                .hasMessage("Cannot fetch package acme/tools: DBT_PACKAGE_HUB_URL is not set");
        Files.createDirectories(root.resolve("dbt_packages/tools"));
        Files.writeString(root.resolve("dbt_packages/tools/dbt_project.yml"), "name: tools\n");
        assertThat(deps.fetch().fromHub()).isEmpty();
    }
}
