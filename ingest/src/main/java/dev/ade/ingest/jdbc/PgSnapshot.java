package dev.ade.ingest.jdbc;

import dev.ade.model.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Connections to PostgreSQL that all see the one snapshot of the first, which stays open when this is closed. Each hands
/// the snapshot on: one that is lost is replaced as long as another lives.
final class PgSnapshot implements AutoCloseable {
    /// Connections that one part may use up.
    private static final int ATTEMPTS_MAX = 4;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final PgSession lead;
    private final JdbcSettings settings;
    private final List<Seat> seats = new ArrayList<>();

    private PgSnapshot(PgSession lead, JdbcSettings settings) {
        this.lead = lead;
        this.settings = settings;
    }

    static PgSnapshot of(PgSession lead, JdbcSettings settings, int parts) throws SQLException {
        PgSnapshot all = new PgSnapshot(lead, settings);
        Seat first = all.new Seat(lead);
        all.seats.add(first);
        try {
            while (all.seats.size() < Math.min(settings.connections(), parts)) {
                all.seats.add(all.new Seat(all.open(first.exported)));
            }
            return all;
        } catch (SQLException e) {
            all.close();
            throw e;
        }
    }

    List<Seat> seats() {
        return List.copyOf(seats);
    }

    private PgSession open(String exported) throws SQLException {
        PgSession session = PgSession.open(settings);
        try {
            session.begin();
            session.execute("set transaction snapshot " + Sql.literal(exported));
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void close() {
        seats.stream()
                .map(seat -> seat.session)
                .filter(session -> !session.equals(lead))
                .forEach(PgSession::close);
    }

    interface Part {
        /// @throws SQLException where the connection is lost: whatever came is to be forgotten, as it comes again
        long read(PgSession session) throws SQLException;
    }

    /// A connection, or the one that took its place. Used by one thread at a time.
    final class Seat implements SideBySide.Session {
        private volatile PgSession session;
        private volatile String exported;

        private Seat(PgSession session) throws SQLException {
            this.session = session;
            this.exported = session.value("select pg_export_snapshot()").orElseThrow();
        }

        /// Reads a part, again over a new connection where this one is lost.
        ///
        /// @param lost is told of it
        long read(Part part, Runnable lost) throws SQLException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return part.read(session);
                } catch (SQLException e) {
                    if (attempt == ATTEMPTS_MAX || !Failures.isLost(e) || !isReplaced(attempt)) {
                        throw e;
                    }
                    lost.run();
                }
            }
        }

        private boolean isReplaced(int attempt) {
            LockSupport.parkNanos(this, attempt * WAIT_NANOS);
            for (Seat other : seats) {
                if (!other.equals(this)) {
                    try {
                        PgSession fresh = open(other.exported);
                        session.close();
                        session = fresh;
                        exported = fresh.value("select pg_export_snapshot()").orElseThrow();
                        return true;
                    } catch (SQLException _) {
                        // The server does not answer, or that connection is lost, too.
                    }
                }
            }
            return false;
        }

        @Override
        public void cancel() {
            session.cancel();
        }
    }
}
