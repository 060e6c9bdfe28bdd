package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.time.Instant;

/// The corrected rows of one file, sealed in the vault as they hold plain values.
///
/// @param batch the content of the file
/// @param version another one each time that rows of it are corrected
/// @param origin the file
/// @param rows that are corrected
public record CorrectedFile(
        TableName dataset,
        Fingerprint batch,
        Fingerprint version,
        String origin,
        Instant correctedAt,
        long rows,
        Vault.Sealed sealed) {
    /// What they are sealed as: something else than the original itself.
    public Vault.Label label() {
        return label(dataset, batch);
    }

    public static Vault.Label label(TableName dataset, Fingerprint batch) {
        return new Vault.Label(dataset, Fingerprint.of("corrections", batch));
    }

    /// The same, some of it taken out: what was loaded with it stays.
    public CorrectedFile with(long remaining, Vault.Sealed other) {
        return new CorrectedFile(dataset, batch, version, origin, correctedAt, remaining, other);
    }
}
