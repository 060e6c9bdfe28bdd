package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Rows of one file that somebody corrected at one time, sealed in the vault as they hold plain values. They come on top of
/// what was corrected in the file before.
///
/// @param batch the content of the file
/// @param version another one each time that rows of it are corrected
/// @param origin the file
/// @param correctedBy the user of the operating system; empty where that was not written down
/// @param rows that are corrected
public record CorrectedFile(
        TableName dataset,
        Fingerprint batch,
        Fingerprint version,
        String origin,
        Instant correctedAt,
        String correctedBy,
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
        return new CorrectedFile(
                dataset, batch, version, origin, correctedAt, correctedBy, remaining, other);
    }

    /// What each batch is read with.
    ///
    /// @param files in their order
    public static Map<Fingerprint, Fingerprint> versions(Collection<CorrectedFile> files) {
        Map<Fingerprint, Fingerprint> versions = new HashMap<>();
        files.forEach(file -> versions.merge(file.batch(), file.version(), Fingerprint::of));
        return versions;
    }
}
