package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Offer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What the server says of the slot that keeps a table's changes.
final class PgSlot {
    private final PgDatabase database;
    private final PgDatabase.Session session;

    PgSlot(PgDatabase database, PgDatabase.Session session) {
        this.database = database;
        this.session = session;
    }

    private List<Optional<String>> status(Position position) throws SQLException {
        return session.row(
                """
                select wal_status, restart_lsn is not null, confirmed_flush_lsn <= %1$s::pg_lsn,
                    pg_current_wal_flush_lsn() >= %1$s::pg_lsn, active,
                    pg_wal_lsn_diff(pg_current_wal_lsn(), %1$s::pg_lsn)::bigint,
                    confirmed_flush_lsn < %1$s::pg_lsn
                from pg_replication_slots where slot_name = %2$s and database = current_database()\
                """
                        .formatted(Sql.literal(position.lsn()), Sql.literal(position.slot())));
    }

    /// @throws Connector.PositionLost where the log since the position is not there
    List<Optional<String>> requireThere(Position position) throws SQLException {
        List<Optional<String>> status = status(position);
        if (status.isEmpty()) {
            throw new Connector.PositionLost(
                    "slot %s is gone from the database".formatted(position.slot()));
        }
        if (status.get(0).filter("lost"::equals).isPresent() || !isTrue(status.get(1))) {
            throw new Connector.PositionLost(
                    "the database gave up the log that slot %s kept (max_slot_wal_keep_size)"
                            .formatted(position.slot()));
        }
        if (!isTrue(status.get(2))) {
            throw new Connector.PositionLost(
                    "somebody else read from slot %s".formatted(position.slot()));
        }
        if (!isTrue(status.get(3))) {
            throw new Connector.PositionLost("the database is older than what was read from it");
        }
        return status;
    }

    private static boolean isTrue(Optional<String> text) {
        return text.filter("t"::equals).isPresent();
    }

    /// What may have come since. Tells the server what is published, so that it needs to keep no more than the rest.
    Offer news(Position position, long keptBytesMax) throws SQLException {
        List<Optional<String>> status = requireThere(position);
        if (isTrue(status.get(4))) {
            return Offer.of("another reading is at it");
        }
        long bytes = Long.parseLong(status.get(5).orElse("0"));
        if (bytes > keptBytesMax) {
            return Offer.of("the database wrote %,d MB of log".formatted(bytes >> 20));
        }
        if (isTrue(status.get(6))) {
            session.row(
                    "select pg_replication_slot_advance(%s, %s)"
                            .formatted(Sql.literal(position.slot()), Sql.literal(position.lsn())));
        }
        return isAny(position) ? Offer.of("the table changed") : Offer.NOTHING;
    }

    private boolean isAny(Position position) throws SQLException {
        Optional<String> publication =
                session
                        .row(
                                """
                                select pubname from pg_publication p
                                where coalesce((select r.oid from pg_publication_rel r
                                    where r.prpubid = p.oid and r.prrelid = %s), p.oid) = %s\
                                """
                                        .formatted(position.table(), position.published()))
                        .stream()
                        .findFirst()
                        .flatMap(name -> name);
        if (publication.isEmpty()) {
            throw new Connector.PositionLost(
                    "%s was taken out of its publication".formatted(database.words()));
        }
        return !session.row(
                        """
                        select 1 from pg_logical_slot_peek_binary_changes(%s, null, 1,
                            'proto_version', '1', 'publication_names', %s) limit 1\
                        """
                                .formatted(
                                        Sql.literal(position.slot()),
                                        Sql.literal(Sql.quote(publication.get()))))
                .isEmpty();
    }

    static AdeException failure(PgDatabase database, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        boolean isRole = state.equals("42501") && said.contains("replication");
        return switch (isRole ? "replication" : state) {
            case "replication" ->
                    database.failure(
                            e,
                            "user '%s' may not follow changes".formatted(database.user()),
                            "Let its administrator run: alter role %s replication"
                                    .formatted(Sql.quote(database.user())));
            case "53400" ->
                    database.failure(
                            e,
                            "all its replication slots are in use",
                            "Drop those that nobody follows (select * from pg_replication_slots), or raise max_replication_slots");
            case "55006" ->
                    database.failure(
                            e,
                            "another reading has its slot",
                            "Run again when the other has ended");
            default -> database.failure(e);
        };
    }
}
