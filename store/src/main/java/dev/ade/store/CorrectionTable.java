package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What people corrected in files, in the catalog: where it is sealed, and by which key.
final class CorrectionTable {
    private static final String SELECT =
            """
            SELECT namespace, name, batch_id, version, origin, corrected_at, corrected_by, row_count, file,
              data_key, byte_count, stored_bytes
            FROM corrected_file\
            """;

    private final Catalog catalog;

    CorrectionTable(Catalog catalog) {
        this.catalog = catalog;
    }

    List<CorrectedFile> all() {
        List<CorrectedFile> found = new ArrayList<>();
        catalog.query(
                SELECT + " ORDER BY namespace, name, origin, batch_id, place",
                result -> found.add(file(result)));
        return found;
    }

    List<CorrectedFile> of(TableName source) {
        List<CorrectedFile> found = new ArrayList<>();
        catalog.query(
                SELECT + " WHERE namespace = ? AND name = ? ORDER BY origin, batch_id, place",
                result -> found.add(file(result)),
                source.namespace(),
                source.name());
        return found;
    }

    private static CorrectedFile file(ResultSet result) throws SQLException {
        return new CorrectedFile(
                new TableName(result.getString(1), result.getString(2)),
                new Fingerprint(result.getString(3)),
                new Fingerprint(result.getString(4)),
                result.getString(5),
                Catalog.instant(result.getLong(6)),
                result.getString(7),
                result.getLong(8),
                new Vault.Sealed(
                        result.getString(9),
                        result.getString(10),
                        result.getLong(11),
                        result.getLong(12)));
    }

    /// Within a transaction.
    ///
    /// @throws AdeException CONFLICT where something else than `known` was corrected in the file
    void add(CorrectedFile file, List<CorrectedFile> known) {
        List<Fingerprint> now =
                of(file.dataset()).stream()
                        .filter(it -> it.batch().equals(file.batch()))
                        .map(CorrectedFile::version)
                        .toList();
        if (!now.equals(known.stream().map(CorrectedFile::version).toList())) {
            throw meanwhile(file);
        }
        catalog.update(
                "INSERT INTO corrected_file VALUES (?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM corrected_file),"
                        + " ?, ?, ?, ?, ?, ?, ?, ?)",
                file.dataset().namespace(),
                file.dataset().name(),
                file.batch().hex(),
                file.version().hex(),
                file.origin(),
                Catalog.micros(file.correctedAt()),
                file.correctedBy(),
                file.rows(),
                file.sealed().file(),
                file.sealed().key(),
                file.sealed().bytes(),
                file.sealed().storedBytes());
    }

    /// Within a transaction.
    ///
    /// @throws AdeException CONFLICT where they are not as they were
    void shorten(CorrectedFile before, CorrectedFile after) {
        if (!of(before.dataset()).contains(before)) {
            throw meanwhile(before);
        }
        catalog.update(
                "UPDATE corrected_file SET row_count = ?, file = ?, data_key = ?, byte_count = ?, stored_bytes = ?"
                        + " WHERE namespace = ? AND name = ? AND batch_id = ? AND version = ?",
                after.rows(),
                after.sealed().file(),
                after.sealed().key(),
                after.sealed().bytes(),
                after.sealed().storedBytes(),
                before.dataset().namespace(),
                before.dataset().name(),
                before.batch().hex(),
                before.version().hex());
    }

    /// Within a transaction.
    void remove(CorrectedFile file) {
        catalog.update(
                "DELETE FROM corrected_file WHERE namespace = ? AND name = ? AND batch_id = ? AND version = ?",
                file.dataset().namespace(),
                file.dataset().name(),
                file.batch().hex(),
                file.version().hex());
    }

    private static AdeException meanwhile(CorrectedFile file) {
        return AdeException.conflict(
                "Cannot keep corrections of %s: somebody else changed those of this file meanwhile"
                        .formatted(file.origin()),
                "Do it again: theirs are kept");
    }
}
