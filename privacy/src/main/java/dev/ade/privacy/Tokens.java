package dev.ade.privacy;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.subtle.AesSiv;
import dev.ade.model.AdeException;
import dev.ade.privacy.Keyring.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tokens: `t<key version>.<AES-SIV (RFC 5297) in URL-safe base64>`, the same for the same value of a realm
/// until the keys are rotated, and reversible with the keys.
final class Tokens {
    /// Characters that a token may have when it is revealed.
    static final int LENGTH_MAX = 1 << 20;

    private static final int KEY_BYTES = 64;
    private static final Pattern FORM = Pattern.compile("t([1-9][0-9]{0,3})\\.([A-Za-z0-9_-]+)");

    private final Keyring keyring;

    Tokens(Keyring keyring) {
        this.keyring = keyring;
    }

    /// Makes tokens with the newest key of a realm. Thread-safe.
    UnaryOperator<String> maker(String realm) {
        return maker(realm, keyring.tokenVersion());
    }

    /// The same with one of its keys.
    UnaryOperator<String> maker(String realm, int version) {
        DeterministicAead cipher = cipher(version, realm);
        byte[] bound = realm.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String prefix = "t" + version + ".";
        return text -> {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return prefix
                        + encoder.encodeToString(cipher.encryptDeterministically(bytes, bound));
            } catch (GeneralSecurityException _) {
                throw new IllegalStateException("AES-SIV failed");
            }
        };
    }

    /// Makes of tokens of any version those of the newest. Nobody sees what they are made from. Thread-safe.
    UnaryOperator<String> renewer(String realm) {
        int newest = keyring.tokenVersion();
        UnaryOperator<String> maker = maker(realm, newest);
        String prefix = "t" + newest + ".";
        return token -> token.startsWith(prefix) ? token : maker.apply(reveal(realm, token));
    }

    /// The value that a token was made from, whichever version of the key made it.
    String reveal(String realm, String token) {
        Matcher form = FORM.matcher(token);
        if (token.length() > LENGTH_MAX || !form.matches()) {
            throw AdeException.user(
                    "Cannot reveal a token: it is not of the form t1.<base64>",
                    "Copy it whole from a column with the treatment token");
        }
        int version = Integer.parseInt(form.group(1));
        try {
            byte[] value =
                    cipher(version, realm)
                            .decryptDeterministically(
                                    Base64.getUrlDecoder().decode(form.group(2)),
                                    realm.getBytes(StandardCharsets.UTF_8));
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw AdeException.user(
                    "Cannot reveal a token: it was not made in realm '%s' with key version %d of %s"
                            .formatted(realm, version, keyring),
                    "Name the realm of its column, and copy the token whole");
        }
    }

    private DeterministicAead cipher(int version, String realm) {
        try {
            return new AesSiv(keyring.versionedKey(Purpose.TOKEN, version, realm, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Every JDK has AES", e);
        }
    }
}
