package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.Cuts;
import dev.ade.ingest.cdc.sink.Kind;
import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.jdbc.Drivers;
import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.ingest.jdbc.TableAddress;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Offer;
import dev.ade.spi.Connector.Outcome;
import dev.ade.spi.Connector.Request;
import dev.ade.spi.Connector.Stage;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Progress;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// One look at a table that is followed by a binary log, or one reading of it. Used once.
public final class BinlogFollowing {
    /// Of which a look reads whether the table is in it; more is for a run.
    private static final long LOOK_BYTES_MAX = 16L << 20;

    private final Request request;
    private final Kind kind;
    private final Context context;
    private final ServerAddress server;
    private final MariaDatabase database;

    /// What is the same of all tables of a run.
    ///
    /// @param cuts up to which tables of one run are read
    /// @param random for the numbers by which servers tell their readers apart
    public record Context(Drivers drivers, Cuts<Place> cuts, RandomGenerator random) {
        public Context(Drivers drivers, RandomGenerator random) {
            this(drivers, new Cuts<>(), random);
        }

        /// Far from those that people give.
        private long number() {
            return random.nextLong(1L << 31, 1L << 32);
        }
    }

    /// @throws AdeException USER for an address that is no server's
    public BinlogFollowing(Request request, TableAddress address, Kind kind, Context context) {
        this.request = request;
        this.kind = kind;
        this.context = context;
        this.server =
                ServerAddress.of(address)
                        .orElseThrow(() ->
                                request.wrong(
                                        "the address has to be that of one server, was "
                                                + address.place(),
                                        "Write cdc: \"jdbc:mariadb://host:port/database\""));
        this.database = new MariaDatabase(request, address, context.drivers());
    }

    public Offer look() {
        Optional<BinlogPosition> position = request.position().map(BinlogPosition::parse);
        if (position.isEmpty()) {
            return Offer.of("it is not followed yet");
        }
        try (MariaDatabase.Session session = database.open()) {
            BinlogServer log = BinlogServer.of(session);
            long bytes = log.bytesBehind(position.get().place());
            if (bytes > LOOK_BYTES_MAX) {
                return Offer.of("the database wrote %,d MB of log".formatted(bytes >> 20));
            }
            Place end = log.end();
            if (bytes > 0 && isAny(session, end, position.get())) {
                return Offer.of("the table changed");
            }
            // A position that stays in a file is lost with it.
            return position.get().place().file().equals(end.file())
                    ? Offer.NOTHING
                    : Offer.of("the database began another file of its log");
        } catch (Connector.PositionLost e) {
            return Offer.of(e.reason());
        } catch (SQLException | AdeException | Bytes.NoLog _) {
            return Offer.of("the database could not be asked what is new");
        }
    }

    private boolean isAny(MariaDatabase.Session session, Place end, BinlogPosition position)
            throws SQLException {
        Notice notice = new Notice();
        MariaTable table = MariaTable.of(database, session, request);
        requireSame(table, position);
        changes(new Reading(table, session, notice, Progress.NONE), position, end, notice::isAny);
        return notice.isAny();
    }

    /// @param sink what takes the changes
    private record Reading(
            MariaTable table, MariaDatabase.Session session, Sink sink, Progress progress) {}

    private BinlogPosition changes(
            Reading reading, BinlogPosition position, Place cut, BooleanSupplier isEnough)
            throws SQLException {
        if (position.place().compareTo(cut) >= 0) {
            return position;
        }
        try (BinlogStream log = BinlogStream.open(server);
                CancelWatch _ = CancelWatch.of(reading.progress(), log::close)) {
            log.ask(position.place(), context.number());
            return new BinlogChanges(
                            reading.table(),
                            new Values(reading.session()),
                            reading.sink(),
                            position)
                    .run(log, cut, isEnough);
        } catch (SQLException e) {
            if (BinlogStream.isNoLog(e)) {
                throw new Connector.PositionLost(
                        "the server has no log from %s on".formatted(position.place()));
            }
            throw e;
        } catch (Bytes.NoLog e) {
            throw new SQLException(e.getMessage(), BinlogFailures.NO_LOG, e);
        }
    }

    /// The columns of the table as it is now.
    public List<Column> columns() throws SQLException {
        try (MariaDatabase.Session session = database.open()) {
            return MariaTable.of(database, session, request).columns().stream()
                    .map(MariaTable.One::column)
                    .toList();
        }
    }

    public Outcome read(Stage stage) {
        return asking(stage.progress(), seen -> read(stage, seen));
    }

    private Outcome read(Stage stage, Seen seen) throws SQLException {
        BinlogServer log = BinlogServer.of(seen.session());
        log.require(request, seen.table().database());
        requireKnown(seen.session(), seen.table());
        Optional<BinlogPosition> position = request.position().map(BinlogPosition::parse);
        return position.isPresent()
                ? changes(stage, log, seen, position.get())
                : snapshot(stage, log, seen.table());
    }

    /// Rows with these keys as they are, whatever the log says.
    public Outcome readNow(Stage stage, KeyGrid.Ranges ranges) {
        return asking(
                stage.progress(),
                seen -> {
                    long rows = database.read(stage, ranges);
                    return new Outcome(
                            Optional.empty(),
                            OptionalLong.of(rows),
                            kind.key(seen.table().key()),
                            List.of());
                });
    }

    public List<String> key() {
        return asking(Progress.NONE, seen -> seen.table().key());
    }

    public Optional<KeyGrid.Sums> sums(KeyGrid grid, List<Column> wanted, Progress progress) {
        return asking(progress, _ -> database.sums(grid, wanted, progress));
    }

    private record Seen(MariaTable table, MariaDatabase.Session session) {}

    private interface Asking<T> {
        T of(Seen seen) throws SQLException;
    }

    private <T> T asking(Progress progress, Asking<T> asking) {
        try (MariaDatabase.Session session = database.open()) {
            return asking.of(new Seen(MariaTable.of(database, session, request), session));
        } catch (SQLException e) {
            throw progress.isCancelled()
                    ? AdeException.cancelled("Cancelled").causedBy(e)
                    : BinlogFailures.of(database, e);
        }
    }

    private Outcome changes(Stage stage, BinlogServer log, Seen seen, BinlogPosition position)
            throws SQLException {
        requireSame(seen.table(), position);
        log.bytesBehind(position.place());
        Place cut =
                context.cuts()
                        .cut(
                                database.place(),
                                request.now(),
                                place -> place.compareTo(position.place()) >= 0,
                                log::end);
        BinlogPosition end;
        long rows;
        try (Sink sink =
                kind.sink(
                        stage,
                        database.words(),
                        new Kind.Key(
                                seen.table().key(), seen.table().isKeyUnique(seen.session())))) {
            Reading reading = new Reading(seen.table(), seen.session(), sink, stage.progress());
            end = changes(reading, position, cut, () -> false);
            rows = sink.rows();
        }
        stage.progress().rows(rows);
        return outcome(end, rows, seen.table());
    }

    private Outcome outcome(BinlogPosition position, long rows, MariaTable table) {
        return new Outcome(
                Optional.of(position.text()),
                OptionalLong.of(rows),
                kind.key(table.key()),
                List.of());
    }

    /// All rows as they are, and the place in the log behind which all comes that they do not show.
    private Outcome snapshot(Stage stage, BinlogServer log, MariaTable table) throws SQLException {
        AtomicReference<Place> shown = new AtomicReference<>();
        MariaDatabase.Snapshot snapshot =
                new MariaDatabase.Snapshot(
                        table.names(),
                        log.isMaria()
                                ? Optional.empty()
                                : Optional.of(it -> BinlogServer.of(it).end().words()),
                        said -> shown.set(Place.of(said)));
        long rows = database.read(kind.ofSnapshot(stage, () -> Place.of(shown).number()), snapshot);
        Place place = Place.of(shown);
        BinlogPosition position =
                new BinlogPosition(place, created(place), table.words(), table.key(), Set.of());
        return outcome(position, rows, table);
    }

    /// When the file of a place was begun; says, too, whether the user may read the log.
    private long created(Place place) throws SQLException {
        try (BinlogStream log = BinlogStream.open(server)) {
            log.ask(place, context.number());
            Optional<Event> event = log.next();
            while (event.isPresent() && event.get().type() != Event.FORMAT) {
                event = log.next();
            }
            return event.map(Event::seconds).orElse(0L);
        }
    }

    private void requireSame(MariaTable table, BinlogPosition position) {
        if (!position.table().equals(table.words())) {
            throw new Connector.PositionLost("%s is another table".formatted(table.words()));
        }
        if (!position.key().equals(table.key())) {
            throw new Connector.PositionLost(
                    "the key of %s is another (%s)"
                            .formatted(table.words(), String.join(", ", table.key())));
        }
    }

    /// Before all rows are read, of which a change could not be.
    private void requireKnown(MariaDatabase.Session session, MariaTable table) throws SQLException {
        for (MariaTable.One column : table.columns()) {
            if (!Values.isKnown(column)) {
                throw unreadable(column, "is of type " + column.kind());
            }
            if (!column.charset().isEmpty() && Charsets.of(session, column.charset()).isEmpty()) {
                throw unreadable(column, "has the character set " + column.charset());
            }
        }
    }

    private AdeException unreadable(MariaTable.One column, String what) {
        return request.wrong(
                "column %s %s, whose values cannot be read out of the log"
                        .formatted(column.column().name(), what),
                "Read the table by jdbc:");
    }
}
