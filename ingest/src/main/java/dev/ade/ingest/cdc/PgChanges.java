package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Columns;
import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.cdc.sink.Transaction;
import dev.ade.ingest.cdc.sink.Tuple;
import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.ingest.jdbc.TableAddress;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was committed from a position up to a note in the log. Used once.
final class PgChanges {
    /// Of notes in logs.
    static final String PREFIX = "ade";

    /// Microseconds of 2000-01-01, from where PostgreSQL counts.
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final PgDatabase database;
    private final PgDatabase.Session session;
    private final Followed table;
    private final Sink sink;
    private final String note;
    private final Map<Long, Boolean> isOurs = new HashMap<>();
    private boolean isNoted;
    private Optional<String> end = Optional.empty();

    /// @param note up to which it goes
    PgChanges(
            PgDatabase database,
            PgDatabase.Session session,
            Followed table,
            Sink sink,
            String note) {
        this.database = database;
        this.session = session;
        this.table = table;
        this.sink = sink;
        this.note = note;
    }

    /// @return the place in the log after all that was read
    String run(TableAddress address, String publication, Position position, Progress progress)
            throws SQLException {
        try (LogStream log = LogStream.open(address);
                CancelWatch _ = CancelWatch.of(progress, log::close)) {
            log.read(position.slot(), publication, position.lsn(), this::take);
        }
        return end.orElseThrow();
    }

    private boolean take(Message message) throws SQLException {
        switch (message) {
            case Message.Begin(long lsn, long micros) ->
                    sink.begin(
                            new Transaction(
                                    lsn,
                                    Instant.EPOCH.plus(micros + EPOCH_MICROS, ChronoUnit.MICROS)));
            case Message.Commit commit -> {
                end = Optional.of(lsn(commit.end()));
                return !isNoted;
            }
            case Message.Relation relation -> relation(relation);
            case Message.Insert(long relation, Tuple row) when ours(relation) -> sink.insert(row);
            case Message.Update(long relation, Optional<Tuple> before, Tuple row)
                    when ours(relation) ->
                    sink.update(before, row);
            case Message.Delete(long relation, Tuple before) when ours(relation) ->
                    sink.delete(before);
            case Message.Truncate(List<Long> relations)
                    when relations.stream().anyMatch(this::ours) ->
                    sink.truncate();
            case Message.Note(String prefix, String text) ->
                    isNoted = isNoted || (prefix.equals(PREFIX) && text.equals(note));
            case Message.Insert _,
                    Message.Update _,
                    Message.Delete _,
                    Message.Truncate _,
                    Message.Other _ -> {
                // Of another table that the publication has.
            }
        }
        return true;
    }

    private boolean ours(long relation) {
        return isOurs.getOrDefault(relation, false);
    }

    private void relation(Message.Relation relation) throws SQLException {
        boolean isSame = String.valueOf(relation.id()).equals(table.id());
        isOurs.put(relation.id(), isSame);
        if (!isSame) {
            return;
        }
        Columns columns = PgColumns.of(session, relation, table.moneyScale());
        if (!relation.isFull() && !Set.copyOf(columns.logged()).equals(Set.copyOf(table.key()))) {
            throw new Connector.PositionLost(
                    "the key of %s is another (%s)".formatted(database.words(), table.keyWords()));
        }
        sink.columns(columns);
    }

    private static String lsn(long place) {
        return "%X/%X".formatted(place >>> Integer.SIZE, place & 0xFFFF_FFFFL);
    }
}
