package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.ingest.jdbc.TableAddress;
import dev.ade.model.AdeException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.postgresql.replication.ReplicationSlotInfo;

/// A connection over which PostgreSQL sends its log. What it is told to have been received is what is published already,
/// never what only arrived.
final class LogStream implements AutoCloseable {
    private static final int STATUS_SECONDS = 10;

    /// A reading that was killed has its slot until the server notices.
    private static final String IN_USE = "55006";

    private static final long IN_USE_SECONDS = 15;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /// So that texts of values do not depend on who set up the server.
    private static final String SETTINGS =
            """
            set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
            set bytea_output = 'hex'; set xmloption = 'content'; set extra_float_digits = 3;
            set lc_monetary = 'C'\
            """;

    private final Connection connection;

    private LogStream(Connection connection) {
        this.connection = connection;
    }

    static LogStream open(TableAddress address) throws SQLException {
        Connection connection =
                PgDatabase.connect(
                        address.url(),
                        address.properties(),
                        Map.of(
                                "replication",
                                "database",
                                "preferQueryMode",
                                "simple",
                                "assumeMinServerVersion",
                                "14"));
        LogStream stream = new LogStream(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            return stream;
        } catch (SQLException e) {
            stream.close();
            throw e;
        }
    }

    /// Makes a slot, and a snapshot that shows exactly what was committed before it. The snapshot is there as long as
    /// this connection does nothing else.
    ReplicationSlotInfo create(String slot) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .createReplicationSlot()
                .logical()
                .withSlotName(slot)
                .withOutputPlugin("pgoutput")
                .make();
    }

    /// Takes messages until it has what it waits for.
    @FunctionalInterface
    interface Taker {
        /// @return whether to go on
        boolean take(Message message) throws SQLException;
    }

    /// Sends what was committed from a place on.
    void read(String slot, String publication, String lsn, Taker taker) throws SQLException {
        LogSequenceNumber from = LogSequenceNumber.valueOf(lsn);
        PGReplicationStream stream = start(slot, publication, from);
        stream.setFlushedLSN(from);
        stream.setAppliedLSN(from);
        stream.forceUpdateStatus();
        boolean goesOn = true;
        while (goesOn) {
            ByteBuffer bytes = stream.readPending();
            if (bytes != null) {
                goesOn = taker.take(Messages.read(bytes));
            } else if (Thread.currentThread().isInterrupted()) {
                throw AdeException.cancelled("Interrupted");
            } else {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private PGReplicationStream start(String slot, String publication, LogSequenceNumber from)
            throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IN_USE_SECONDS);
        while (true) {
            try {
                return connection
                        .unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(slot)
                        .withStartPosition(from)
                        .withSlotOption("proto_version", 1)
                        .withSlotOption(
                                "publication_names",
                                "\"" + publication.replace("\"", "\"\"") + "\"")
                        .withSlotOption("messages", true)
                        .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
                        .withAutomaticFlush(false)
                        .start();
            } catch (SQLException e) {
                if (!IN_USE.equals(e.getSQLState()) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // What was received is published or comes again.
        }
    }
}
