package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Cuts;
import dev.ade.ingest.cdc.sink.Kind;
import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Offer;
import dev.ade.spi.Connector.Outcome;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.ReplicationSlotInfo;

/// One look at a table that is followed, or one reading of it. Used once.
final class Following {
    private static final String LOOK_TIMEOUT = "set statement_timeout = '10s'";

    /// The log that the server keeps for a table in which nothing happens, before its position moves on.
    private static final long KEPT_BYTES_MAX = 64L << 20;

    private final Request request;
    private final CdcSettings settings;
    private final Slots slots;
    private final Cuts<Note> cuts;
    private final Names names;
    private final PgDatabase database;

    /// @param token that no other reading has
    record Names(String environment, String token) {}

    /// A note that is in the log.
    ///
    /// @param text no other has the same
    record Note(String text, long lsn) {}

    Following(Request request, CdcSettings settings, Slots slots, Cuts<Note> cuts, Names names) {
        this.request = request;
        this.settings = settings;
        this.slots = slots;
        this.cuts = cuts;
        this.names = names;
        this.database = new PgDatabase(request, settings.address());
    }

    Offer look() {
        Optional<Position> position = request.position().map(Position::parse);
        if (position.isEmpty()) {
            return Offer.of("it is not followed yet");
        }
        if (!position.get().environment().equals(names.environment())) {
            return Offer.of(
                    "environment %s follows it by a slot of its own"
                            .formatted(names.environment()));
        }
        try (PgDatabase.Session session = database.open()) {
            session.execute(LOOK_TIMEOUT);
            requireSameRows(session, position.get());
            return new PgSlot(database, session).news(position.get(), KEPT_BYTES_MAX);
        } catch (Connector.PositionLost e) {
            return Offer.of(e.reason());
        } catch (SQLException _) {
            return Offer.of("the database could not be asked what is new");
        }
    }

    /// The columns of the table as it is now.
    List<Column> columns() throws SQLException {
        try (PgDatabase.Session session = database.open()) {
            session.execute(LOOK_TIMEOUT);
            return database.columns(Followed.of(database, session, request).columns());
        }
    }

    Outcome read(Stage stage) throws SQLException {
        try (PgDatabase.Session session = database.open()) {
            Followed table = Followed.of(database, session, request);
            Publication publication =
                    Publication.of(database, session, request, table, settings.publication());
            Optional<Position> position = request.position().map(Position::parse);
            dropLeft(session);
            return position.isPresent()
                    ? changes(session, stage, table, publication, position.get())
                    : snapshot(session, stage, table, publication);
        }
    }

    /// All rows as they are; nothing is followed from here.
    Outcome readNow(Stage stage) throws SQLException {
        Followed table = table();
        long rows = database.read(stage, table.columns());
        return new Outcome(Optional.empty(), OptionalLong.of(rows), table.key(), List.of());
    }

    /// Rows with these keys as they are; nothing is followed from here.
    Outcome readNow(Stage stage, KeyGrid.Ranges ranges) throws SQLException {
        Followed table = table();
        long rows = database.read(stage, table.columns(), ranges);
        return new Outcome(Optional.empty(), OptionalLong.of(rows), table.key(), List.of());
    }

    List<String> key() throws SQLException {
        return table().key();
    }

    Optional<KeyGrid.Sums> sums(KeyGrid grid, List<Column> wanted, Progress progress)
            throws SQLException {
        return database.sums(table().columns(), grid, wanted, progress);
    }

    private Followed table() throws SQLException {
        try (PgDatabase.Session session = database.open()) {
            return Followed.of(database, session, request);
        }
    }

    private Outcome changes(
            PgDatabase.Session session,
            Stage stage,
            Followed table,
            Publication publication,
            Position position)
            throws SQLException {
        requireSame(table, publication, position);
        Attributes attributes = requireSameRows(session, position);
        new PgSlot(database, session).requireThere(position);
        String end;
        long rows;
        String note = note(session, position);
        try (Sink sink =
                settings.kind()
                        .sink(
                                stage,
                                database.words(),
                                new Kind.Key(table.key(), table.isKeyUnique(session)))) {
            end =
                    new PgChanges(database, session, table, sink, note)
                            .run(
                                    settings.address(),
                                    publication.name(),
                                    position,
                                    stage.progress());
            rows = sink.rows();
        }
        stage.progress().rows(rows);
        return outcome(position.at(end, attributes), rows, table);
    }

    /// The note up to which it reads.
    private String note(PgDatabase.Session session, Position position) throws SQLException {
        long from = LogSequenceNumber.valueOf(position.lsn()).asLong();
        return cuts.cut(
                        database.place(),
                        request.now(),
                        note -> Long.compareUnsigned(note.lsn(), from) > 0,
                        () -> {
                            List<Optional<String>> row =
                                    session.row(
                                            "select pg_logical_emit_message(true, '%s', %s)"
                                                    .formatted(
                                                            PgChanges.PREFIX,
                                                            Sql.literal(names.token())));
                            String lsn = row.getFirst().orElseThrow();
                            return new Note(names.token(), LogSequenceNumber.valueOf(lsn).asLong());
                        })
                .text();
    }

    private Outcome outcome(Position position, long rows, Followed table) {
        return new Outcome(
                Optional.of(position.text()),
                OptionalLong.of(rows),
                settings.kind().key(table.key()),
                List.of());
    }

    /// A gap that the slot does not show.
    private void requireSame(Followed table, Publication publication, Position position) {
        if (!position.environment().equals(names.environment())) {
            throw new Connector.PositionLost(
                    "environment %s follows %s by a slot of its own"
                            .formatted(names.environment(), database.words()));
        }
        if (!position.table().equals(table.id())) {
            throw new Connector.PositionLost(database.words() + " was made anew");
        }
        if (!position.published().equals(publication.membership())) {
            throw new Connector.PositionLost(
                    "%s was out of publication %s for a time"
                            .formatted(database.words(), publication.name()));
        }
        if (!position.timeline().equals(table.timeline())) {
            throw new Connector.PositionLost("the server was restored or replaced");
        }
    }

    /// What the log does not show.
    ///
    /// @return what the server says of the columns now
    private Attributes requireSameRows(PgDatabase.Session session, Position position)
            throws SQLException {
        Attributes now = Attributes.of(session, position.table());
        if (position.attributes().isPresent()) {
            now.requireSameRows(position.attributes().get(), database.words());
        }
        return now;
    }

    /// All rows as they are, and a slot that keeps all that comes after.
    private Outcome snapshot(
            PgDatabase.Session session, Stage stage, Followed table, Publication publication)
            throws SQLException {
        // Before the rows: what changes meanwhile is seen next time.
        Attributes attributes = Attributes.of(session, table.id());
        String slot = slotName();
        slots.begin(slot, request.runs().own());
        try (LogStream log = LogStream.open(settings.address())) {
            ReplicationSlotInfo made = log.create(slot);
            Position position =
                    new Position(
                            slot,
                            made.getConsistentPoint().asString(),
                            table.timeline(),
                            table.id(),
                            publication.membership(),
                            names.environment(),
                            Optional.of(attributes));
            Stage target =
                    settings.kind().ofSnapshot(stage, () -> made.getConsistentPoint().asLong());
            long rows = database.read(target, made.getSnapshotName(), table.columns());
            return outcome(position, rows, table);
        }
    }

    private String slotName() {
        String table = database.words().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
        return "ade_%s_%s"
                .formatted(table.substring(0, Math.min(table.length(), 40)), names.token());
    }

    /// Slots that this installation made, but for the one that what is published needs, unless its log is gone. Those of runs
    /// that may publish them yet, or have since this one began, stay.
    private void dropLeft(PgDatabase.Session session) throws SQLException {
        // What is published may have been read in another way, whose positions are other texts.
        String published = request.published().orElse("");
        for (Slots.Made made : slots.made()) {
            if (made.run().filter(run -> !request.runs().isOver(run)).isEmpty()) {
                drop(
                        session,
                        made.slot(),
                        published.contains(made.slot()) ? "wal_status = 'lost'" : "true");
            }
        }
    }

    /// @param where SQL that is true of slots that go
    private void drop(PgDatabase.Session session, String slot, String where) throws SQLException {
        session.row(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = %s and not active and %s"
                        .formatted(Sql.literal(slot), where));
        if (session.row("select 1 from pg_replication_slots where slot_name = " + Sql.literal(slot))
                .isEmpty()) {
            slots.dropped(slot);
        }
    }

    AdeException failure(SQLException e) {
        return PgSlot.failure(database, e);
    }
}
