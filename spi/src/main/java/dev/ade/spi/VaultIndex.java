package dev.ade.spi;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/// What the vault holds, of all environments, with the keys to it. Drafts add to it. Thread-safe, and safe against other
/// processes on the same catalog.
public interface VaultIndex {
    /// The newest first; those whose key was destroyed too.
    List<VaultBatch> list();

    /// Deletes keys, so that nothing in the catalog's files, its log included, can open these batches any more. What is
    /// destroyed already stays so.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT where another process holds on to the catalog's log: the keys are
    ///     deleted then, but the log may still have them until it is done again
    void destroy(Collection<Vault.Label> labels, VaultBatch.End end);

    /// Puts other content in the place of a batch; its key of before is destroyed in the same way.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT where it is not as it was
    void replace(VaultBatch before, Vault.Sealed other);

    /// What people corrected in files of all sources; of one file in their order.
    List<CorrectedFile> corrected();

    /// Puts what is left of corrections in their place; their key of before is destroyed in the same way.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT where somebody else did so meanwhile
    void shorten(CorrectedFile before, CorrectedFile after);

    /// Puts the same keys, encrypted otherwise, in the place of all; those of before are destroyed in the same way. All
    /// or none.
    ///
    /// @param other gives each anew
    /// @return how many there are
    /// @throws dev.ade.model.AdeException CONFLICT while a run of any environment is going on
    int rewrap(BiFunction<Vault.Label, Vault.Sealed, Vault.Sealed> other);

    /// Keeps them no longer; their keys are destroyed in the same way. What is not kept any more is passed over.
    void withdraw(Collection<CorrectedFile> files);
}
