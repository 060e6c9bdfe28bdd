package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.model.AdeException;
import java.sql.SQLException;

/// What a server's refusal to show its log means to who runs ADE.
final class BinlogFailures {
    /// Of the server: a privilege is missing.
    private static final int DENIED = 1227;

    /// What came is not what such a server sends.
    static final String NO_LOG = "08P01";

    private BinlogFailures() {}

    static AdeException of(MariaDatabase database, SQLException e) {
        if (NO_LOG.equals(e.getSQLState())) {
            return database.failure(
                    e,
                    "its log cannot be read: " + e.getMessage(),
                    "Run again; where it is said again, ade run --full-refresh reads all rows and follows from there");
        }
        return e.getErrorCode() == DENIED
                ? database.failure(
                        e,
                        "user '%s' may not follow changes".formatted(database.user()),
                        "Let its administrator run: grant replication slave, replication client on *.* to %s"
                                .formatted(database.user()))
                : database.failure(e);
    }
}
