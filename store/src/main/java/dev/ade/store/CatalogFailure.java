package dev.ade.store;

import dev.ade.model.AdeException;
import java.sql.SQLException;

/// What a database says went wrong, in words that say what to do.
final class CatalogFailure {
    private CatalogFailure() {}

    static AdeException of(SQLException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("BUSY") || text.contains("locked")) {
            return AdeException.resource(
                            "Cannot use the catalog: another process holds it locked",
                            "Wait for it to end (ade status lists runs), then try again")
                    .causedBy(e);
        }
        // SQLite reserves room for its index of the log before it reads.
        if (text.contains("SQLITE_FULL")
                || text.contains("SQLITE_IOERR_SHMSIZE")
                || text.contains("disk is full")) {
            return AdeException.resource(
                            "Cannot use the catalog: the disk is full",
                            "Free some space, then run again")
                    .causedBy(e);
        }
        if (text.contains("SQLITE_READONLY")) {
            return AdeException.resource(
                            "Cannot write to the catalog: its file or folder is read-only",
                            "Make both writable for the user that runs ADE, or only read: ade sql, ade status")
                    .causedBy(e);
        }
        return AdeException.resource(
                        "Cannot use the catalog: " + text,
                        "Check that its file and folder can be written, and that it is a catalog of ADE")
                .causedBy(e);
    }
}
