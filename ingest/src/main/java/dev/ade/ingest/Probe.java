package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.spi.Session;

/// Finds out why a query failed where the engine's driver has lost the reason, as DuckDB's does for results that it
/// streams: runs it again as a statement that gives nothing. Only on the way to an error.
final class Probe {
    private static final String LOST = "Invalid result set";
    private static final String TABLE = "ade_probe";

    private Probe() {}

    /// The error with its reason.
    static AdeException reason(Session session, String select, AdeException e) {
        if (!String.valueOf(e.getMessage()).contains(LOST)) {
            return e;
        }
        try {
            session.execute("CREATE OR REPLACE TEMP TABLE " + TABLE + " AS " + select);
            session.execute("DROP TABLE " + TABLE);
            return e;
        } catch (AdeException reason) {
            return reason;
        }
    }
}
