package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/// Notes that are written into databases' logs, up to which readings go. Those of one run share one, so that its tables
/// show the database at one moment. Thread-safe.
final class Cuts {
    static final String PREFIX = "ade";

    private static final int CUTS_MAX = 64;

    private final Deque<Cut> cuts = new ArrayDeque<>();

    /// @param place of the server
    /// @param run its instant
    /// @param note no other has the same
    /// @param lsn where it is in the log
    private record Cut(String place, Instant run, String note, long lsn) {}

    /// The note up to which a reading goes.
    ///
    /// @param note to write where there is none after its position
    synchronized String cut(
            PgDatabase database,
            PgDatabase.Session session,
            Instant run,
            Position position,
            String note)
            throws SQLException {
        long from = LogSequenceNumber.valueOf(position.lsn()).asLong();
        Optional<Cut> there =
                cuts.stream()
                        .filter(cut ->
                                cut.place().equals(database.place())
                                        && cut.run().equals(run)
                                        && Long.compareUnsigned(cut.lsn(), from) > 0)
                        .findFirst();
        if (there.isPresent()) {
            return there.get().note();
        }
        List<Optional<String>> row =
                session.row(
                        "select pg_logical_emit_message(true, '%s', %s)"
                                .formatted(PREFIX, Sql.literal(note)));
        long lsn = LogSequenceNumber.valueOf(row.getFirst().orElseThrow()).asLong();
        cuts.addFirst(new Cut(database.place(), run, note, lsn));
        if (cuts.size() > CUTS_MAX) {
            cuts.removeLast();
        }
        return note;
    }
}
