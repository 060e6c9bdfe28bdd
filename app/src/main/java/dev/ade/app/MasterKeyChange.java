package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.privacy.Keyring;
import dev.ade.privacy.Rekeying;
import dev.ade.spi.Lake;
import dev.ade.spi.VaultIndex;
import java.nio.file.Path;

/// Another master key for all that is encrypted with one. The keyset goes first: a run that begins with the key of before
/// cannot open it, so that nothing is put under that key any more.
final class MasterKeyChange {
    private final Lake lake;
    private final Keyring keyring;

    MasterKeyChange(Lake lake, Keyring keyring) {
        this.lake = lake;
        this.keyring = keyring;
    }

    /// @return how many keys the vault has
    int to(Path file) {
        lake.erasure().requireQuiet();
        Rekeying rekeying = keyring.rekeying(file);
        VaultIndex vault = lake.vault();
        requireReadable(rekeying, vault);
        rekeying.encryptKeys();
        try {
            return vault.rewrap(rekeying::rewrapped);
        } catch (AdeException e) {
            throw AdeException.conflict(
                            "The keyset is under the new master key, the vault is not: "
                                    + e.getMessage(),
                            "Leave the settings as they are, and do it again: ade privacy rekey --to "
                                    + file)
                    .causedBy(e);
        }
    }

    private static void requireReadable(Rekeying rekeying, VaultIndex vault) {
        vault.list()
                .forEach(batch ->
                        batch.sealed().ifPresent(it -> rekeying.rewrapped(batch.label(), it)));
        vault.corrected().forEach(file -> rekeying.rewrapped(file.label(), file.sealed()));
    }
}
