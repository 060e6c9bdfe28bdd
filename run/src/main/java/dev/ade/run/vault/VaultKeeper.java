package dev.ade.run.vault;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.VaultSpec;
import dev.ade.spi.Draft;
import dev.ade.spi.Keeper;
import dev.ade.spi.Loader;
import dev.ade.spi.Vault;
import dev.ade.spi.VaultBatch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Puts what a load reads into the vault. It is listed there once the load is published; what was put in before, by any
/// environment, is not put in again. Used by one load.
public final class VaultKeeper implements Keeper {
    private final TableName source;
    private final VaultSpec spec;
    private final Vault vault;
    private final Draft draft;
    private final Instant now;
    private final Set<Fingerprint> known;

    public VaultKeeper(TableName source, VaultSpec spec, Vault vault, Draft draft, Instant now) {
        this.source = source;
        this.spec = spec;
        this.vault = vault;
        this.draft = draft;
        this.now = now;
        this.known = new HashSet<>(draft.vaulted(source));
    }

    @Override
    public void keep(Loader.Item item) {
        if (!known.add(item.id())) {
            return;
        }
        Vault.Label label = new Vault.Label(source, item.id());
        Vault.Sealed sealed = vault.seal(label, Path.of(item.path()));
        draft.vault(
                new VaultBatch(
                        label,
                        item.origin(),
                        draft.run(),
                        now,
                        spec.keep(),
                        Optional.of(sealed),
                        Optional.empty()));
    }
}
