package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Originals in a folder, with real keys.
class FileVaultTest {
    private static final Vault.Label LABEL =
            new Vault.Label(TableName.of("shop", "orders"), Fingerprint.of("1"));

    @TempDir private Path root;

    private FileVault vault(String master) {
        Keyring keyring =
                Keyring.open(
                        root.resolve("keys.json"),
                        Optional.empty(),
                        Optional.of(Base64.getEncoder().encodeToString(key(master))),
                        new SecureRandom());
        return new FileVault(root.resolve("vault"), keyring, new SecureRandom());
    }

    private static byte[] key(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 32);
    }

    private Path plain(byte[] bytes) throws IOException {
        return Files.write(root.resolve("plain"), bytes);
    }

    private static byte[] bytes(Vault vault, Vault.Label label, Vault.Sealed sealed)
            throws IOException {
        try (InputStream in = vault.open(label, sealed)) {
            return in.readAllBytes();
        }
    }

    @Test
    void gives_back_every_byte_and_shows_none() throws IOException {
        byte[] noise = new byte[3_000_000];
        new Random(7).nextBytes(noise);
        FileVault vault = vault("one");
        for (byte[] plain :
                new byte[][] {
                    {}, "anna@example.org\n".repeat(10_000).getBytes(StandardCharsets.UTF_8), noise
                }) {
            Vault.Sealed sealed = vault.seal(LABEL, plain(plain));

            assertThat(bytes(vault("one"), LABEL, sealed)).isEqualTo(plain);
            assertThat(sealed.bytes()).isEqualTo(plain.length);
            Path file = root.resolve("vault").resolve(sealed.file());
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("anna");
            assertThat(sealed.storedBytes()).isEqualTo(Files.size(file));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(root.resolve("vault"))))
                .isEqualTo("rwx------");
        assertThat(vault.files()).hasSize(3);
    }

    @Test
    void opens_nothing_with_another_master_key_label_or_data_key() throws IOException {
        FileVault vault = vault("one");
        Vault.Sealed sealed = vault.seal(LABEL, plain(new byte[] {1, 2, 3}));
        Vault.Sealed other = vault.seal(LABEL, plain(new byte[] {4}));
        Vault.Label elsewhere = new Vault.Label(LABEL.dataset(), Fingerprint.of("2"));
        Vault.Sealed swapped = new Vault.Sealed(sealed.file(), other.key(), 3, 3);

        assertThatThrownBy(() -> bytes(vault("two"), LABEL, sealed))
                .hasMessage(
                        "Cannot read from the vault: the master key in the environment variable ADE_MASTER_KEY is not the one it was sealed with");
        assertThatThrownBy(() -> bytes(vault, elsewhere, sealed))
                .hasMessageContaining("Cannot read from the vault");
        assertThatThrownBy(() -> bytes(vault, LABEL, swapped))
                .hasMessageContaining("its file is damaged");
    }

    @Test
    void tells_of_a_file_that_is_damaged_cut_or_gone() throws IOException {
        FileVault vault = vault("one");
        byte[] noise = new byte[2_500_000];
        new Random(7).nextBytes(noise);
        Vault.Sealed sealed = vault.seal(LABEL, plain(noise));
        Path file = root.resolve("vault").resolve(sealed.file());
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[2_000_000] ^= 1;

        for (byte[] broken :
                new byte[][] {flipped, Arrays.copyOf(whole, 1_500_000), Arrays.copyOf(whole, 9)}) {
            Files.write(file, broken);
            assertThatThrownBy(() -> bytes(vault, LABEL, sealed))
                    .hasMessage(
                            "Cannot read %s from the vault: its file is damaged".formatted(LABEL));
        }
        vault.remove(sealed.file());
        vault.remove(sealed.file());
        assertThatThrownBy(() -> bytes(vault, LABEL, sealed))
                .hasMessageContaining("its file is not there");
    }
}
