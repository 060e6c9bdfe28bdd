package dev.ade.store;

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
            SELECT namespace, name, batch_id, version, origin, corrected_at, row_count, file, data_key, byte_count,
              stored_bytes
            FROM correction\
            """;

    private final Catalog catalog;

    CorrectionTable(Catalog catalog) {
        this.catalog = catalog;
    }

    List<CorrectedFile> all() {
        List<CorrectedFile> found = new ArrayList<>();
        catalog.query(
                SELECT + " ORDER BY namespace, name, origin, batch_id",
                result -> found.add(file(result)));
        return found;
    }

    List<CorrectedFile> of(TableName source) {
        List<CorrectedFile> found = new ArrayList<>();
        catalog.query(
                SELECT + " WHERE namespace = ? AND name = ? ORDER BY origin, batch_id",
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
                result.getLong(7),
                new Vault.Sealed(
                        result.getString(8),
                        result.getString(9),
                        result.getLong(10),
                        result.getLong(11)));
    }

    /// Within a transaction.
    void put(CorrectedFile file) {
        catalog.update(
                "DELETE FROM correction WHERE namespace = ? AND name = ? AND batch_id = ?",
                file.dataset().namespace(),
                file.dataset().name(),
                file.batch().hex());
        catalog.update(
                "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                file.dataset().namespace(),
                file.dataset().name(),
                file.batch().hex(),
                file.version().hex(),
                file.origin(),
                Catalog.micros(file.correctedAt()),
                file.rows(),
                file.sealed().file(),
                file.sealed().key(),
                file.sealed().bytes(),
                file.sealed().storedBytes());
    }
}
