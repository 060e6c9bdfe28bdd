package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.privacy.Keyring.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
    private static final String MASTER = Base64.getEncoder().encodeToString(new byte[32]);

    private @TempDir Path folder = Path.of("");

    @Test
    void makes_nothing_before_a_key_is_needed() throws IOException {
        Keyring keyring = open();

        assertThat(keyring.status().exists()).isFalse();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void makes_keys_that_only_their_owner_may_read() throws IOException {
        key(open());

        for (String file : List.of("keys.json", "keys.master", "keys.lock", "keys.made")) {
            assertThat(Files.getPosixFilePermissions(state().resolve(file)))
                    .as(file)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(open().status())
                .isEqualTo(
                        new Keyring.Status(
                                true,
                                true,
                                "the file " + state().resolve("keys.master"),
                                List.of()));
    }

    @Test
    void keys_stay_the_same_under_another_master_key() throws IOException {
        String key = key(open());
        Path next = folder.resolve("other/next.key");

        open().rekeying(next).encryptKeys();

        assertThat(Files.getPosixFilePermissions(next))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(key(openUnder(next))).isEqualTo(key);
        assertThatThrownBy(() -> key(open())).hasMessageContaining("is another one");
        open().rekeying(next).encryptKeys();
        assertThat(key(openUnder(next))).as("asked again").isEqualTo(key);
        assertThatThrownBy(() -> openUnder(next).rekeying(next))
                .hasMessageEndingWith("holds the one in use");
    }

    @Test
    void nothing_is_wrapped_any_more_by_who_has_the_keys_open_under_the_master_key_before() {
        Keyring stale = open();
        byte[] about = {1};
        stale.wrap(DataKey.make(), about);
        open().rekeying(folder.resolve("next.key")).encryptKeys();

        assertThatThrownBy(() -> stale.wrap(DataKey.make(), about))
                .hasMessageContaining("is another one");
    }

    @Test
    void a_master_key_is_not_changed_by_somebody_who_has_it_not() throws IOException {
        key(open());
        Path wrong = folder.resolve("wrong.key");
        Files.writeString(wrong, MASTER);
        String text = Files.readString(state().resolve("keys.json"));

        assertThatThrownBy(
                        () -> openUnder(wrong).rekeying(folder.resolve("next.key")).encryptKeys())
                .hasMessageContaining("the master key in the file " + wrong + " is another one");
        assertThat(state().resolve("keys.json")).hasContent(text);
    }

    @Test
    void says_which_files_of_keys_others_may_read() throws IOException {
        key(open());
        Path keys = state().resolve("keys.json");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(open().status().readableByOthers()).containsExactly(keys);
    }

    @Test
    void gives_the_same_key_when_opened_again_and_another_for_each_purpose_and_realm() {
        String key = key(open());

        assertThat(key(open())).isEqualTo(key);
        assertThat(hex(open().stableKey(Purpose.PSEUDONYM, "b", 32))).isNotEqualTo(key);
        assertThat(hex(open().stableKey(Purpose.FPE, "a", 32))).isNotEqualTo(key);
    }

    @Test
    void is_made_once_by_many_at_the_same_time() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<String> work = () -> key(open());
            List<Future<String>> keys =
                    Stream.generate(() -> work).limit(16).map(threads::submit).toList();
            for (Future<String> key : keys) {
                assertThat(key.get()).isEqualTo(keys.getFirst().get());
            }
        }
        try (Stream<Path> files = Files.list(state())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "keys.json", "keys.master", "keys.lock", "keys.made");
        }
    }

    @Test
    void keeps_pseudonym_keys_and_adds_a_token_key_when_rotated() {
        String pseudonyms = key(open());
        String first = hex(open().versionedKey(Purpose.TOKEN, 1, "a", 64));
        Keyring before = open();
        assertThat(before.tokenVersion()).isEqualTo(1);

        assertThat(open().rotate()).isEqualTo(2);

        assertThat(open().tokenVersion()).isEqualTo(2);
        assertThat(key(open())).isEqualTo(pseudonyms);
        assertThat(hex(open().versionedKey(Purpose.TOKEN, 1, "a", 64))).isEqualTo(first);
        assertThat(hex(before.versionedKey(Purpose.TOKEN, 2, "a", 64)))
                .as("a process that was there before the rotation")
                .isNotEqualTo(first);
    }

    @Test
    void takes_the_master_key_from_the_environment() {
        key(open(Optional.of(MASTER)));

        assertThat(state().resolve("keys.master")).doesNotExist();
        assertThat(open(Optional.of(MASTER)).status().masterKeyIsBesideKeys()).isFalse();
    }

    @Test
    void refuses_another_master_key_without_showing_any() {
        key(open(Optional.of(MASTER)));
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        String other = Base64.getEncoder().encodeToString(bytes);

        assertThatThrownBy(() -> key(open(Optional.of(other))))
                .isInstanceOf(AdeException.class)
                .hasNoCause()
                .hasMessage(
                        "Cannot read the keys in %s: the master key in the environment variable ADE_MASTER_KEY is another one, or the file is damaged"
                                .formatted(state().resolve("keys.json")));
    }

    @Test
    void refuses_a_master_key_of_the_wrong_form_without_showing_it() {
        for (String wrong : List.of("c2hvcnQ=", "not base64!", "")) {
            assertThatThrownBy(() -> key(open(Optional.of(wrong))))
                    .isInstanceOf(AdeException.class)
                    .hasNoCause()
                    .hasMessage(
                            "Cannot use the master key: the environment variable ADE_MASTER_KEY does not hold 32 bytes in base64");
        }
    }

    @Test
    void refuses_a_damaged_file() throws IOException {
        key(open());
        Path keys = state().resolve("keys.json");
        for (String damage : List.of("", "{}", "[", Files.readString(keys).replace("A", "B"))) {
            Files.writeString(keys, damage);
            assertThatThrownBy(() -> key(open()))
                    .isInstanceOf(AdeException.class)
                    .hasMessageContaining("or the file is damaged")
                    .extracting(e -> ((AdeException) e).nextStep())
                    .isEqualTo(
                            "Use the master key that it was made with, or restore both from a backup");
        }
    }

    @Test
    void never_replaces_lost_keys() throws IOException {
        key(open());
        Path keys = state().resolve("keys.json");
        Files.delete(keys);

        assertThatThrownBy(() -> key(open()))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot use the keys: %s was made here once and is gone".formatted(keys));
        assertThat(keys).doesNotExist();
    }

    @Test
    void says_that_the_master_key_file_is_missing() {
        Path missing = folder.resolve("elsewhere.key");
        Keyring keyring =
                Keyring.open(
                        state().resolve("keys.json"),
                        Optional.of(missing),
                        Optional.of(MASTER),
                        new SecureRandom());

        assertThatThrownBy(() -> key(keyring))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot use the master key: the file %s is not there".formatted(missing));
    }

    @Test
    void shows_no_key_as_text() {
        Keyring keyring = open(Optional.of(MASTER));
        key(keyring);

        assertThat(keyring).hasToString("Keyring[" + state().resolve("keys.json") + "]");
        assertThat(MasterKey.ofEnvironment(MASTER))
                .hasToString("MasterKey[the environment variable ADE_MASTER_KEY]");
    }

    private Path state() {
        return folder.resolve("deep/state");
    }

    private Keyring open() {
        return open(Optional.empty());
    }

    private Keyring openUnder(Path master) {
        return Keyring.open(
                state().resolve("keys.json"),
                Optional.of(master),
                Optional.empty(),
                new SecureRandom());
    }

    private Keyring open(Optional<String> master) {
        return Keyring.open(
                state().resolve("keys.json"), Optional.empty(), master, new SecureRandom());
    }

    private static String key(Keyring keyring) {
        return hex(keyring.stableKey(Purpose.PSEUDONYM, "a", 32));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
