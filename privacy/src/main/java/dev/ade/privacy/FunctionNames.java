package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names of the functions of a realm: plain lower-case identifiers, different for different realms.
final class FunctionNames {
    /// Characters that the name of a realm may have.
    static final int REALM_LENGTH_MAX = 64;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]{1,40}");

    private FunctionNames() {}

    static String of(Keyring.Purpose purpose, String realm) {
        return named("ade_" + Wording.of(purpose), realm);
    }

    /// @param variant what makes functions of one purpose and realm differ, an identifier
    static String of(Keyring.Purpose purpose, String realm, String variant) {
        return named("ade_" + Wording.of(purpose) + "_" + variant, realm);
    }

    private static String named(String word, String realm) {
        return PLAIN.matcher(realm).matches() ? word + "_of_" + realm : word + "_x_" + hash(realm);
    }

    static String requireRealm(String realm) {
        if (realm.isBlank() || realm.length() > REALM_LENGTH_MAX) {
            throw AdeException.user(
                    "Cannot use a realm of %d characters".formatted(realm.length()),
                    "Name it with 1 to %d characters, for example customers"
                            .formatted(REALM_LENGTH_MAX));
        }
        return realm;
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Every JDK has SHA-256", e);
        }
    }
}
