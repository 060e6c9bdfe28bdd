package dev.ade.ingest.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Connections to PostgreSQL that all see the one snapshot of the first, which stays open when this is closed.
record PgSnapshot(List<PgSession> sessions) implements AutoCloseable {
    static PgSnapshot of(PgSession lead, JdbcSettings settings, int parts) throws SQLException {
        PgSnapshot all = new PgSnapshot(new ArrayList<>(List.of(lead)));
        String name = lead.value("select pg_export_snapshot()").orElseThrow();
        try {
            while (all.sessions.size() < Math.min(settings.connections(), parts)) {
                PgSession session = PgSession.open(settings);
                all.sessions.add(session);
                session.begin();
                session.execute("set transaction snapshot '" + name + "'");
            }
            return all;
        } catch (SQLException e) {
            all.close();
            throw e;
        }
    }

    @Override
    public void close() {
        sessions.stream().skip(1).forEach(PgSession::close);
    }
}
