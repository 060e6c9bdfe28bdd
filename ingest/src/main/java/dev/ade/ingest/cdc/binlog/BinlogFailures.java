package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.model.AdeException;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;

/// What a server's refusal to show its log means to who runs ADE.
final class BinlogFailures {
    /// Of the server: a privilege is missing.
    private static final int DENIED = 1227;

    private BinlogFailures() {}

    static AdeException of(MariaDatabase database, Request request, SQLException e) {
        if (e.getErrorCode() != DENIED) {
            return database.failure(e);
        }
        return AdeException.resource(
                        "Cannot load %s from %s: user '%s' may not follow changes (%s)"
                                .formatted(
                                        request.source().name(),
                                        database.place(),
                                        database.user(),
                                        e.getMessage()),
                        "Let its administrator run: grant replication slave, replication client on *.* to %s"
                                .formatted(database.user()))
                .at(request.source().location())
                .causedBy(e);
    }
}
