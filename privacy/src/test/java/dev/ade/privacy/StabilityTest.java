package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored under a keyset of 2026 must be what every later version of ADE makes: where one of these
/// changes, nothing joins with data that was loaded before. The keyset is of this test only.
class StabilityTest {
    private @TempDir Path folder = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        try (InputStream keys =
                Objects.requireNonNull(
                        StabilityTest.class.getResourceAsStream("/golden-keys.json"))) {
            Files.copy(keys, folder.resolve("keys.json"));
        }
    }

    @Test
    void pseudonyms_stay() {
        assertThat(treat(new Treatment.Pseudonym("default"), "ada@example.com"))
                .isEqualTo("f6241c71-d0d2-6762-15ff-c18494f6d546");
        assertThat(treat(new Treatment.Pseudonym("people"), "Zoë 😀"))
                .isEqualTo("9f9d7087-7c40-f602-2e28-1881df285013");
    }

    @Test
    void permuted_digits_stay() {
        Treatment digits = new Treatment.FormatPreserving("default", Alphabet.DIGITS);
        assertThat(treat(digits, "4111-1111-1111-1111")).isEqualTo("1915-1198-9399-8036");
        assertThat(treat(digits, "41111111111111111111111")).isEqualTo("43931308371814421203896");
    }

    @Test
    void tokens_stay_and_those_of_the_first_version_are_revealed() {
        assertThat(treat(new Treatment.Token("default"), "Ada Lovelace"))
                .isEqualTo("t2.YCunHSx56fHViyQ8NWinaVfLvtyfsXzvrk_jrw");
        assertThat(
                        new Tokens(keyring())
                                .reveal("default", "t1.31Oqj2z6043Fs0kmfOxvhm7NI2i2hAUw3uKsSQ"))
                .isEqualTo("Ada Lovelace");
    }

    private String treat(Treatment treatment, String value) {
        return String.valueOf(
                new KeyedPrivacy(keyring(), SettableClock.at("2026-11-21T00:00:00Z"))
                        .project(
                                TableName.parse("a.b"),
                                new Decision("c", "personal", treatment, Ground.DECLARED, ""),
                                Simple.VARCHAR)
                        .functions()
                        .getFirst()
                        .apply(value));
    }

    private Keyring keyring() {
        return Keyring.open(
                folder.resolve("keys.json"),
                Optional.empty(),
                Optional.of(Base64.getEncoder().encodeToString(new byte[32])),
                new SecureRandom());
    }
}
