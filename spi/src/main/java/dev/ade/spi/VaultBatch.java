package dev.ade.spi;

import dev.ade.model.RunId;
import dev.ade.model.VaultSpec;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;

/// The raw input of one batch that the vault keeps, or kept.
///
/// @param origin the file, or what was read from another system and when
/// @param run that put it in
/// @param keep for how long, as was said then
/// @param sealed how it can be read; empty once its key is destroyed
/// @param end of it
public record VaultBatch(
        Vault.Label label,
        String origin,
        RunId run,
        Instant keptAt,
        Period keep,
        Optional<Vault.Sealed> sealed,
        Optional<End> end) {
    public VaultBatch {
        if (sealed.isPresent() == end.isPresent()) {
            throw new IllegalStateException(label + " has either a key or an end");
        }
    }

    /// @param reason that its key was destroyed for
    public record End(Instant at, String reason) {}

    public Instant until() {
        return VaultSpec.until(keptAt, keep);
    }

    /// The same with other content, or another key.
    public VaultBatch with(Vault.Sealed other) {
        return new VaultBatch(
                label, origin, run, keptAt, keep, Optional.of(other), Optional.empty());
    }
}
