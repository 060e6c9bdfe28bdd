package dev.ade.spi;

import dev.ade.model.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rows of a source's files that people corrected. They are read in the place of what stands in the file as long as the file
/// has the content that they were corrected in.
public interface Corrections {
    Corrections NONE =
            new Corrections() {
                @Override
                public Map<Fingerprint, Fingerprint> versions() {
                    return Map.of();
                }

                @Override
                public List<Correction> of(Fingerprint batch) {
                    return List.of();
                }

                @Override
                public void drop(Fingerprint batch, Set<Long> lines) {
                    throw new IllegalArgumentException("nothing is corrected");
                }
            };

    /// Another version each time that rows of a file are corrected, by batch; nothing of files that have none.
    Map<Fingerprint, Fingerprint> versions();

    /// Of one file, by line, rising.
    List<Correction> of(Fingerprint batch);

    /// Keeps corrections of rows no longer once the load is published: they are of people who were forgotten.
    void drop(Fingerprint batch, Set<Long> lines);

    /// What a batch is loaded under, so that what follows from it is made again where rows of it are corrected.
    static Fingerprint under(
            Fingerprint contract, Fingerprint batch, Map<Fingerprint, Fingerprint> versions) {
        Fingerprint version = versions.get(batch);
        return version == null ? contract : Fingerprint.of(contract, version);
    }
}
