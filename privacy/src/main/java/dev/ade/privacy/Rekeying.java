package dev.ade.privacy;

import com.google.crypto.tink.Aead;
import dev.ade.model.AdeException;
import dev.ade.spi.Vault;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Another master key in the place of the one before. What is under the new one already stays so: stopped anywhere, it
/// goes on when it is asked again.
public final class Rekeying {
    private final Keyring keyring;
    private final MasterKey before;
    private final MasterKey after;
    private final Aead wrapping;
    private final List<Aead> unwrapping;

    Rekeying(Keyring keyring, MasterKey before, MasterKey after) {
        this.keyring = keyring;
        this.before = before;
        this.after = after;
        this.wrapping = after.aead();
        this.unwrapping = List.of(wrapping, before.aead());
    }

    /// Encrypts the keyset. Who has only the master key before cannot begin anything then.
    public void encryptKeys() {
        keyring.encrypt(before, after);
    }

    /// The key of something in the vault, encrypted with the new master key.
    ///
    /// @throws AdeException USER where neither master key opens it
    public Vault.Sealed rewrapped(Vault.Label label, Vault.Sealed sealed) {
        byte[] about = FileVault.about(label);
        byte[] wrapped = Base64.getDecoder().decode(sealed.key());
        for (Aead master : unwrapping) {
            Optional<DataKey> key = unwrapped(wrapped, master, about);
            if (key.isPresent()) {
                byte[] anew = key.get().wrapped(wrapping, about);
                return new Vault.Sealed(
                        sealed.file(),
                        Base64.getEncoder().encodeToString(anew),
                        sealed.bytes(),
                        sealed.storedBytes());
            }
        }
        throw AdeException.user(
                "Cannot change the master key of %s in the vault: it was sealed with neither the one in %s nor the one in %s"
                        .formatted(label, before.place(), after.place()),
                "Begin with the master key that it was sealed with");
    }

    private static Optional<DataKey> unwrapped(byte[] wrapped, Aead master, byte[] about) {
        try {
            return Optional.of(DataKey.unwrapped(wrapped, master, about));
        } catch (GeneralSecurityException | RuntimeException _) {
            return Optional.empty(); // what a parser of secrets says is not for logs
        }
    }
}
