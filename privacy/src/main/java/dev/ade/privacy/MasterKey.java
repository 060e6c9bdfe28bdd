package dev.ade.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.ade.model.AdeException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The key that encrypts the keyset file: 32 bytes, in base64, handed in or read from a file.
final class MasterKey {
    static final String VARIABLE = "ADE_MASTER_KEY";

    private static final int BYTES = 32;

    private final Origin origin;
    private final String place;
    private final Optional<KeyFile> file;
    private final Optional<String> given;

    private MasterKey(Origin origin, String place, Optional<KeyFile> file, Optional<String> given) {
        this.origin = origin;
        this.place = place;
        this.file = file;
        this.given = given;
    }

    /// Where a master key comes from.
    enum Origin {
        /// The file that the settings name.
        FILE,
        /// The environment variable `ADE_MASTER_KEY`.
        ENVIRONMENT,
        /// A file beside the keyset that ADE made because nobody said otherwise: good for a laptop only.
        GENERATED
    }

    static MasterKey ofFile(KeyFile file) {
        return new MasterKey(Origin.FILE, "the file " + file, Optional.of(file), Optional.empty());
    }

    static MasterKey ofEnvironment(String text) {
        return new MasterKey(
                Origin.ENVIRONMENT,
                "the environment variable " + VARIABLE,
                Optional.empty(),
                Optional.of(text));
    }

    static MasterKey generated(KeyFile file) {
        return new MasterKey(
                Origin.GENERATED, "the file " + file, Optional.of(file), Optional.empty());
    }

    Origin origin() {
        return origin;
    }

    /// Where it is, in words.
    String place() {
        return place;
    }

    Optional<KeyFile> file() {
        return file;
    }

    /// Makes the generated one where it is not there yet. Call under the lock of the keyring.
    void prepare(SecureRandom random) {
        if (origin == Origin.GENERATED) {
            make(random);
        }
    }

    /// Makes the file that it is in, where it is not there yet.
    void make(SecureRandom random) {
        KeyFile there = file.orElseThrow();
        if (!there.exists()) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            there.write(Base64.getEncoder().encodeToString(bytes) + "\n");
        }
    }

    boolean isSameAs(MasterKey other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    Aead aead() {
        try {
            return new AesGcmJce(bytes());
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Every JDK has AES-GCM", e);
        }
    }

    private byte[] bytes() {
        String text =
                given.or(() -> file.flatMap(KeyFile::read))
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot use the master key: %s is not there"
                                                .formatted(place),
                                        "Restore it, or set " + VARIABLE));
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // Its message would show a part of the key.
        }
        throw AdeException.user(
                "Cannot use the master key: %s does not hold %d bytes in base64"
                        .formatted(place, BYTES),
                "Make one with: openssl rand -base64 32");
    }

    @Override
    public String toString() {
        return "MasterKey[" + place + "]";
    }
}
