package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Vault;
import dev.ade.spi.VaultBatch;
import dev.ade.spi.VaultIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What the vault holds, in the catalog. Keys are a column of it: to destroy one is to overwrite it, which the catalog is
/// set to do with all that it deletes, and to empty the catalog's log of earlier pages.
final class VaultTable implements VaultIndex {
    private final Catalog catalog;

    VaultTable(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<VaultBatch> list() {
        List<VaultBatch> found = new ArrayList<>();
        catalog.query(
                """
                SELECT namespace, name, batch_id, origin, run_id, kept_at, keep, file, data_key, byte_count,
                  stored_bytes, ended_at, reason
                FROM vault ORDER BY kept_at DESC, namespace, name, origin, batch_id\
                """,
                result -> found.add(batch(result)));
        return found;
    }

    private static VaultBatch batch(ResultSet result) throws SQLException {
        @Nullable String key = result.getString(9);
        Vault.Label label =
                new Vault.Label(
                        new TableName(result.getString(1), result.getString(2)),
                        new Fingerprint(result.getString(3)));
        return new VaultBatch(
                label,
                result.getString(4),
                new RunId(result.getLong(5)),
                Catalog.instant(result.getLong(6)),
                Period.parse(result.getString(7)),
                key == null
                        ? Optional.empty()
                        : Optional.of(
                                new Vault.Sealed(
                                        result.getString(8),
                                        key,
                                        result.getLong(10),
                                        result.getLong(11))),
                key == null
                        ? Optional.of(
                                new VaultBatch.End(
                                        Catalog.instant(result.getLong(12)), result.getString(13)))
                        : Optional.empty());
    }

    Set<Fingerprint> batches(TableName source) {
        Set<Fingerprint> found = new HashSet<>();
        catalog.query(
                "SELECT batch_id FROM vault WHERE namespace = ? AND name = ?",
                result -> found.add(new Fingerprint(result.getString(1))),
                source.namespace(),
                source.name());
        return found;
    }

    /// Within a transaction. What is there already stays: another run put it in meanwhile.
    void add(VaultBatch batch) {
        Vault.Sealed sealed = batch.sealed().orElseThrow();
        catalog.update(
                "INSERT INTO vault VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT DO NOTHING",
                batch.label().dataset().namespace(),
                batch.label().dataset().name(),
                batch.label().batch().hex(),
                batch.origin(),
                batch.run().number(),
                Catalog.micros(batch.keptAt()),
                batch.keep().toString(),
                sealed.file(),
                sealed.key(),
                sealed.bytes(),
                sealed.storedBytes());
    }

    @Override
    public void destroy(Collection<Vault.Label> labels, VaultBatch.End end) {
        catalog.inTransaction(() -> {
            labels.forEach(label ->
                    catalog.update(
                            "UPDATE vault SET data_key = NULL, ended_at = ?, reason = ? WHERE namespace = ? AND name = ?"
                                    + " AND batch_id = ? AND data_key IS NOT NULL",
                            Catalog.micros(end.at()),
                            end.reason(),
                            label.dataset().namespace(),
                            label.dataset().name(),
                            label.batch().hex()));
            return labels;
        });
        emptyLog();
    }

    @Override
    public void replace(VaultBatch before, Vault.Sealed other) {
        catalog.inTransaction(() -> {
            requireStill(before);
            replace(before.label(), other);
            return other;
        });
        emptyLog();
    }

    private void requireStill(VaultBatch batch) {
        Vault.Sealed sealed = batch.sealed().orElseThrow();
        boolean[] isStill = {false};
        catalog.query(
                "SELECT 1 FROM vault WHERE namespace = ? AND name = ? AND batch_id = ? AND file = ? AND data_key = ?",
                _ -> isStill[0] = true,
                batch.label().dataset().namespace(),
                batch.label().dataset().name(),
                batch.label().batch().hex(),
                sealed.file(),
                sealed.key());
        if (!isStill[0]) {
            throw AdeException.conflict(
                    "Cannot replace %s in the vault: somebody else changed it meanwhile"
                            .formatted(batch.label()),
                    "Do it again: what is done by then is not done twice");
        }
    }

    private void replace(Vault.Label label, Vault.Sealed sealed) {
        catalog.update(
                "UPDATE vault SET file = ?, data_key = ?, byte_count = ?, stored_bytes = ? WHERE namespace = ?"
                        + " AND name = ? AND batch_id = ? AND data_key IS NOT NULL",
                sealed.file(),
                sealed.key(),
                sealed.bytes(),
                sealed.storedBytes(),
                label.dataset().namespace(),
                label.dataset().name(),
                label.batch().hex());
    }

    @Override
    public int rewrap(BiFunction<Vault.Label, Vault.Sealed, Vault.Sealed> other) {
        int count =
                catalog.inTransaction(() -> {
                    catalog.requireNoRun();
                    int sealed = 0;
                    for (VaultBatch batch : list()) {
                        if (batch.sealed().isPresent()) {
                            replace(
                                    batch.label(),
                                    other.apply(batch.label(), batch.sealed().get()));
                            sealed++;
                        }
                    }
                    CorrectionTable corrections = new CorrectionTable(catalog);
                    for (CorrectedFile file : corrections.all()) {
                        Vault.Sealed anew = other.apply(file.label(), file.sealed());
                        corrections.shorten(file, file.with(file.rows(), anew));
                        sealed++;
                    }
                    return sealed;
                });
        emptyLog();
        return count;
    }

    @Override
    public List<CorrectedFile> corrected() {
        return new CorrectionTable(catalog).all();
    }

    @Override
    public void shorten(CorrectedFile before, CorrectedFile after) {
        catalog.inTransaction(() -> {
            new CorrectionTable(catalog).shorten(before, after);
            return after;
        });
        emptyLog();
    }

    @Override
    public void withdraw(Collection<CorrectedFile> files) {
        CorrectionTable table = new CorrectionTable(catalog);
        catalog.inTransaction(() -> {
            files.forEach(table::remove);
            return files;
        });
        emptyLog();
    }

    /// The log still has the pages of before until it is written back.
    private void emptyLog() {
        if (!catalog.emptyLog()) {
            throw AdeException.conflict(
                    "Cannot destroy keys for good: they are deleted, but another process reads the catalog, whose log has them still",
                    "Do it again when no other ade runs");
        }
    }
}
