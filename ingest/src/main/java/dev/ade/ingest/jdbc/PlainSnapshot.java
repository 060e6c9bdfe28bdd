package dev.ade.ingest.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Connections that all see the same rows as the first, which stays open when this is closed. They begin again until no
/// writing came between; where one always does, or nothing tells, there is the first alone.
record PlainSnapshot(List<PlainSession> sessions) implements AutoCloseable {
    private static final int ATTEMPTS_MAX = 20;

    interface Opening {
        PlainSession open() throws SQLException;
    }

    static PlainSnapshot of(PlainSession lead, int connections, Opening opening)
            throws SQLException {
        PlainSnapshot all = new PlainSnapshot(new ArrayList<>(List.of(lead)));
        try {
            if (lead.moment().isPresent()) {
                while (all.sessions.size() < connections) {
                    all.sessions.add(opening.open());
                }
                all.join();
            }
            return all;
        } catch (SQLException e) {
            all.close();
            throw e;
        }
    }

    private void join() throws SQLException {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            for (PlainSession session : sessions) {
                session.begin();
            }
            Set<Optional<String>> moments = new HashSet<>();
            for (PlainSession session : sessions) {
                moments.add(session.moment());
            }
            if (moments.size() == 1) {
                return;
            }
        }
        close();
        sessions.subList(1, sessions.size()).clear();
    }

    @Override
    public void close() {
        sessions.stream().skip(1).forEach(PlainSession::close);
    }
}
