package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Loaded;
import dev.ade.testkit.OpenSsh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files of a real OpenSSH server.
class SftpTest extends InYard {
    private static OpenSsh server;

    private Path folder;
    private int written;

    @BeforeAll
    static void start() {
        server = OpenSsh.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createTempDirectory(server.outbox(), "t");
        Files.setPosixFilePermissions(
                folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path put(String name, String text) {
        written++;
        return put(
                name,
                text.getBytes(StandardCharsets.UTF_8),
                Yard.NOW.minusSeconds(9_000 - written));
    }

    private Path put(String name, byte[] bytes, Instant modifiedAt) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return Files.setLastModifiedTime(file, FileTime.from(modifiedAt));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address(int port, String pattern) {
        return "sftp://%s@127.0.0.1:%d%s/%s".formatted(server.user(), port, folder, pattern);
    }

    private static Map<String, Object> login() {
        return Map.of("identity", server.key().toString(), "host_key", server.hostKey());
    }

    private static Map<String, Object> login(String key, Object value) {
        Map<String, Object> login = new HashMap<>(login());
        login.put(key, value);
        return login;
    }

    private Declared orders() {
        return Declared.remote(login(), address(server.port(), "*.csv"));
    }

    private void isClean() throws IOException {
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void loads_files_and_finds_nothing_to_do_after() throws IOException {
        put("a.csv", "id,name\n1,anna\n2,berta\n");
        put("b.csv", "id,name\n3,carla\n");
        put("sub/c.csv", "id,name\n4,dora\n");
        put("d.csv.part", "id,na");
        put("_e.csv", "id,na");

        assertThat(yard.load(orders()).landed()).isEqualTo(3);

        assertThat(yard.sql("select id, _source from shop.orders order by 1"))
                .containsExactly(
                        "1|sftp://127.0.0.1:%d%s/a.csv".formatted(server.port(), folder),
                        "2|sftp://127.0.0.1:%d%s/a.csv".formatted(server.port(), folder),
                        "3|sftp://127.0.0.1:%d%s/b.csv".formatted(server.port(), folder));
        Inbox again = yard.look(orders());
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.version())
                .isEqualTo(yard.published().state(Declared.NAME).orElseThrow().version());
        isClean();
    }

    @Test
    void takes_new_files_and_replaces_changed_ones() {
        put("a.csv", "id,name\n1,anna\n");
        put("b.csv", "id,name\n2,berta\n");
        yard.load(orders());

        put("b.csv", "id,name\n2,bertha\n");
        put("c.csv", "id,name\n3,carla\n");
        Inbox news = yard.look(orders());
        assertThat(news.fresh()).hasSize(1);
        assertThat(news.changed()).hasSize(1);
        assertThat(news.unchanged()).hasSize(1);
        assertThat(yard.load(orders()).read()).isEqualTo(2);

        assertThat(yard.sql("select id, name from shop.orders order by 1"))
                .containsExactly("1|anna", "2|bertha", "3|carla");
        assertThat(yard.look(orders()).isEmpty()).isTrue();
    }

    @Test
    void does_not_fetch_twice_what_was_touched_renamed_or_copied() throws IOException {
        put("a.csv", "id\n1\n");
        Path b = put("b.csv", "id\n2\n");
        yard.load(orders());

        put("a.csv", "id\n1\n");
        put("c.csv", "id\n1\n");
        Files.move(b, b.resolveSibling("d.csv"));
        assertThat(yard.look(orders()).isEmpty()).as("the listing alone cannot tell").isFalse();
        assertThat(yard.load(orders()).read()).isZero();

        Inbox after = yard.look(orders());
        assertThat(after.isEmpty()).isTrue();
        assertThat(after.version())
                .isEqualTo(yard.published().state(Declared.NAME).orElseThrow().version());
        assertThat(yard.sql("select id from shop.orders order by 1")).containsExactly("1", "2");
    }

    @Test
    void keeps_the_rows_of_files_that_are_gone_but_in_replace() throws IOException {
        put("a.csv", "id\n1\n");
        Path b = put("b.csv", "id\n2\n");
        yard.load(orders());
        Files.delete(b);
        assertThat(yard.look(orders()).isEmpty()).isTrue();
        yard.load(orders().replace());
        assertThat(yard.sql("select id from shop.orders")).containsExactly("1");

        Files.delete(folder.resolve("a.csv"));
        assertThat(yard.look(orders()).isEmpty()).isTrue();
        assertThatThrownBy(() -> yard.load(orders().replace()))
                .hasMessageContaining("no file matches 'sftp://127.0.0.1");
    }

    @Test
    void merges_by_a_key_and_reads_packed_and_other_formats() {
        put("1.csv.gz", Yard.gzip("id,name\n1,anna\n2,berta\n"), Yard.NOW.minusSeconds(50));
        put("2.ndjson", "{\"id\": 2, \"name\": \"bertha\"}\n");
        put("3.txt.old", "no");
        Declared merged =
                Declared.remote(login(), address(server.port(), "*.{csv.gz,ndjson}")).merge("id");
        yard.load(merged);
        assertThat(yard.sql("select id, name from shop.orders order by 1"))
                .containsExactly("1|anna", "2|bertha");
        assertThat(yard.look(merged).isEmpty()).isTrue();
    }

    @Test
    void takes_a_folder_with_all_below_or_a_single_file() throws IOException {
        put("a.csv", "id\n1\n");
        put("deep/er/b.csv", "id\n2\n");
        put("notes.md", "no rows");
        Files.createSymbolicLink(folder.resolve("deep/link.csv"), folder.resolve("a.csv"));
        String whole = address(server.port(), "");
        yard.load(Declared.remote(login(), whole.substring(0, whole.length() - 1)));
        assertThat(yard.sql("select id from shop.orders order by 1")).containsExactly("1", "2");

        assertThat(
                        yard.look(Declared.remote(login(), address(server.port(), "deep/er/b.csv")))
                                .unchanged())
                .hasSize(1);
        assertThat(
                        yard.look(Declared.remote(login(), address(server.port(), "**/b.csv")))
                                .unchanged())
                .hasSize(1);
    }

    @Test
    void loads_again_what_is_there_when_the_declaration_changes() {
        put("a.csv", "id\n1\n");
        yard.load(orders());
        Declared typed = orders().typed("id", "varchar");
        assertThat(yard.look(typed).changed()).hasSize(1);
        yard.load(typed);
        assertThat(yard.sql("select typeof(id) from shop.orders")).containsExactly("VARCHAR");
        assertThat(yard.look(typed).isEmpty()).isTrue();
    }

    @Test
    void fetches_all_again_where_that_is_asked() throws IOException {
        put("a.csv", "id\n1\n");
        put("b.csv", "id\n2\n");
        put("c.csv", "id\n2\n");
        yard.load(orders());
        assertThat(yard.refresh(orders()).read()).isEqualTo(2);
        assertThat(yard.sql("select id from shop.orders order by 1")).containsExactly("1", "2");
        assertThat(yard.look(orders()).isEmpty()).isTrue();
        isClean();
    }

    @Test
    void says_which_file_rejected_rows_are_in() {
        put("a.csv", "id,qty\n1,5\n2,many\n");
        yard.load(orders().typed("qty", "integer"));
        assertThat(yard.sql("select source, line, reason from ade.rejected"))
                .containsExactly(
                        "sftp://127.0.0.1:%d%s/a.csv|3|not an integer"
                                .formatted(server.port(), folder));
    }

    @Test
    void is_verified_inspected_and_looked_at_for_drift() throws IOException {
        put("a.csv", "id,name\n1,anna\n");
        yard.load(orders());
        assertThat(yard.verify(orders()).differences()).isEmpty();
        assertThat(yard.inspect(orders()).columns()).hasSize(2);
        assertThat(yard.inspect(orders()).yaml())
                .contains(address(server.port(), "*.csv"))
                .contains(server.hostKey());

        put("b.csv", "id\n2\n");
        assertThat(yard.drift(orders().source()).toString()).contains("column 'name' is not in");
        isClean();
    }

    @Test
    void trusts_no_host_key_that_is_not_known() {
        put("a.csv", "id\n1\n");
        Map<String, Object> unknown =
                Map.of(
                        "identity",
                        server.key().toString(),
                        "known_hosts",
                        yard.put("hosts", "").toString());
        assertThatThrownBy(() -> yard.load(remote(unknown)))
                .hasMessageContaining(
                        "Cannot trust sftp://127.0.0.1:%d: its host key is not known, ssh-ed25519 %s"
                                .formatted(server.port(), server.hostKey()))
                .extracting(e -> ((AdeException) e).nextStep().toString())
                .asString()
                .contains("sftp: {host_key: \"%s\"}".formatted(server.hostKey()));

        String other = "SHA256:" + "A".repeat(43);
        assertThatThrownBy(() -> yard.load(remote(login("host_key", other))))
                .hasMessageContaining("another host key than the one that is known of it");
        assertThat(yard.look(remote(login("host_key", other))).news())
                .as("a plan goes on without it")
                .isPresent();
    }

    @Test
    void knows_hosts_as_openssh_does() {
        put("a.csv", "id\n1\n");
        Map<String, Object> login = new HashMap<>(login());
        login.remove("host_key");
        login.put("known_hosts", "hosts");
        yard.put("hosts", "# a comment\nelse.example.com ssh-ed25519 AAAA\n" + server.knownHost());
        assertThat(yard.load(remote(login)).landed()).isEqualTo(1);

        yard.put("hosts", "@revoked " + server.knownHost());
        assertThatThrownBy(() -> yard.load(remote(login)))
                .hasMessageContaining("another host key than the one that is known of it");
    }

    private Declared remote(Map<String, Object> login) {
        return Declared.remote(login, address(server.port(), "*.csv"));
    }

    @Test
    void logs_in_by_keys_with_passphrases_and_tells_no_secret() {
        put("a.csv", "id\n1\n");
        yard.environment("PHRASE", OpenSsh.PASSPHRASE);
        yard.environment("WRONG", "hunter22");
        Map<String, Object> locked =
                new HashMap<>(login("identity", server.lockedKey().toString()));
        locked.put("passphrase", "${PHRASE}");
        assertThat(yard.load(remote(locked)).landed()).isEqualTo(1);

        locked.put("passphrase", "${WRONG}");
        assertThatThrownBy(() -> yard.load(remote(locked)))
                .hasMessageContaining("Cannot read the private key")
                .hasMessageNotContaining("hunter22");
        locked.put("passphrase", OpenSsh.PASSPHRASE);
        assertThatThrownBy(() -> yard.look(remote(locked)))
                .hasMessageContaining("a secret is written into passphrase")
                .hasMessageNotContaining(OpenSsh.PASSPHRASE);
    }

    @Test
    void logs_in_by_keys_of_every_kind() throws IOException {
        put("a.csv", "id\n1\n");
        Path rsa = server.newKey("rsa", List.of("-t", "rsa", "-b", "3072"));
        Path pem = server.newKey("pem", List.of("-t", "rsa", "-b", "3072", "-m", "PEM"));
        Path ecdsa = server.newKey("ecdsa", List.of("-t", "ecdsa", "-m", "PKCS8"));
        for (Path key : List.of(rsa, pem, ecdsa)) {
            assertThat(yard.look(remote(login("identity", key.toString()))).news())
                    .as(key.toString())
                    .isEmpty();
        }
        yard.environment("KEY", Files.readString(server.key()));
        Map<String, Object> written = new HashMap<>(login("private_key", "${KEY}"));
        written.remove("identity");
        assertThat(yard.load(remote(written)).landed()).isEqualTo(1);
    }

    @Test
    void says_who_is_not_let_in() {
        yard.environment("WRONG", "hunter22");
        Map<String, Object> password = Map.of("password", "${WRONG}", "host_key", server.hostKey());
        assertThatThrownBy(() -> yard.load(remote(password)))
                .hasMessageContaining(
                        "Cannot log in to sftp://127.0.0.1:%d: it does not let '%s' in with this password"
                                .formatted(server.port(), server.user()))
                .hasMessageNotContaining("hunter22");
    }

    @Test
    void goes_on_where_a_lost_connection_ended() throws IOException {
        byte[] large = large(2_000_000);
        put("a.csv", large, Yard.NOW.minusSeconds(50));
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            proxy.cut(600_000, Integer.MAX_VALUE, () -> {});
            Declared declared =
                    Declared.remote(login("retries", 20), address(proxy.port(), "*.csv"));
            assertThat(yard.load(declared).landed()).isEqualTo(lines(large));
            assertThat(proxy.cuts()).as("no connection brings all of it").isGreaterThan(2);
        }
        isClean();
    }

    @Test
    void gives_up_a_connection_that_is_lost_again_and_again() throws IOException {
        put("a.csv", large(2_000_000), Yard.NOW.minusSeconds(50));
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            proxy.cut(300_000, 100, () -> {});
            Declared declared =
                    Declared.remote(login("retries", 2), address(proxy.port(), "*.csv"));
            assertThatThrownBy(() -> yard.load(declared))
                    .hasMessageContaining("Cannot reach sftp://127.0.0.1:" + proxy.port());
            assertThat(proxy.cuts()).isEqualTo(3);
        }
        isClean();
    }

    @Test
    void lists_a_folder_again_when_its_connection_is_lost() throws IOException {
        put("a.csv", "id\n1\n");
        for (int i = 0; i < 1_500; i++) {
            put("other-%04d.txt".formatted(i), "");
        }
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            proxy.cut(60_000, 1, () -> {});
            Declared declared = Declared.remote(login(), address(proxy.port(), "*.csv"));
            assertThat(yard.load(declared).landed()).isEqualTo(1);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
        isClean();
    }

    @Test
    void leaves_a_file_that_grows_for_a_later_run() throws IOException {
        put("a.csv", "id\n1\n");
        put("b.csv", large(2_000_000), Yard.NOW.minusSeconds(50));
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            Declared declared = Declared.remote(login(), address(proxy.port(), "*.csv"));
            proxy.cut(600_000, 1, () -> put("b.csv", "id,noise\n7,x\n8,y\n"));
            Loaded loaded = yard.load(declared);
            assertThat(loaded.landed()).isEqualTo(1);
            assertThat(loaded.drift())
                    .anyMatch(it -> it.contains("b.csv changed while it was fetched"));
            assertThat(yard.look(declared).fresh()).hasSize(1);
            assertThat(yard.load(declared).landed()).isEqualTo(2);
        }
        isClean();
    }

    @Test
    void waits_until_a_file_has_settled() {
        put("a.csv", "id\n1\n");
        put("b.csv", "id\n2\n".getBytes(StandardCharsets.UTF_8), Yard.NOW.minusSeconds(20));
        Declared declared = remote(login("settled", "1 minute"));
        assertThat(yard.look(declared).news().toString()).contains("1 file changed less than 60");
        assertThat(yard.load(declared).landed()).isEqualTo(1);
        assertThat(yard.look(declared).isEmpty()).isTrue();

        put("a.csv", "id\n9\n".getBytes(StandardCharsets.UTF_8), Yard.NOW.minusSeconds(5));
        assertThat(yard.look(declared).isEmpty()).as("rows of before stay").isTrue();
        assertThat(yard.look(orders()).changed()).hasSize(1);
    }

    @Test
    void takes_attachments_out_of_mails() throws IOException {
        put("1.eml", new Mails().attach("orders.csv", "id\n1\n").text());
        put("2.eml", Mails.plain());
        Declared mails =
                Declared.remote(login(), address(server.port(), "*.eml"))
                        .option("attachment", "*.csv");
        yard.load(mails);
        assertThat(yard.sql("select id, _source from shop.orders"))
                .containsExactly(
                        "1|sftp://127.0.0.1:%d%s/1.eml!/orders.csv"
                                .formatted(server.port(), folder));
        assertThat(yard.look(mails).isEmpty()).isTrue();
        yard.load(mails.typed("id", "varchar"));
        assertThat(yard.sql("select typeof(id) from shop.orders")).containsExactly("VARCHAR");
        isClean();
    }

    @Test
    void says_what_is_wrong_with_a_declaration() {
        assertThatThrownBy(() -> yard.look(remote(Map.of("pasword", "x"))))
                .hasMessageContaining("sftp: there is no key pasword");
        assertThatThrownBy(() -> yard.look(remote(Map.of())))
                .hasMessageContaining("sftp: it does not say how to log in");
        assertThatThrownBy(() ->
                        yard.look(Declared.remote(login(), "sftp://me:secret@127.0.0.1/x.csv")))
                .hasMessageContaining("a secret is written into files")
                .hasMessageNotContaining("me:secret");
        assertThatThrownBy(() -> yard.load(Declared.remote(login(), address(server.port(), "x/*"))))
                .hasMessageContaining("and there is no folder " + folder + "/x");
    }

    private static byte[] large(int bytes) {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        StringBuilder text = new StringBuilder("id,noise\n");
        IntStream.iterate(1, _ -> text.length() < bytes, id -> id + 1)
                .forEach(id -> text.append(id).append(',').append(random.nextLong()).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long lines(byte[] text) {
        return Stream.of(new String(text, StandardCharsets.UTF_8).split("\n", -1)).count() - 2;
    }
}
