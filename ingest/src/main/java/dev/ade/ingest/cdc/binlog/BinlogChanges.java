package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.cdc.sink.Transaction;
import dev.ade.spi.Connector;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// What was committed from a place in the log up to another. Used once.
final class BinlogChanges {
    private static final int STANDALONE = 1;
    private static final int GROUP_COMMIT = 2;
    private static final int XA_PREPARED = 64;
    private static final int XA_COMPLETED = 128;
    private static final int GROUP_BYTES = 8;
    private static final int FIRST = 4;

    private final MariaTable table;
    private final Values values;
    private final Sink sink;
    private final BinlogPosition from;
    private final Set<String> dropped;
    private final Map<Long, Layout> layouts = new HashMap<>();

    /// Transactions in two phases that were prepared since, and did not touch the table.
    private final Set<String> harmless = new HashSet<>();

    private Place place;
    private long created;
    private boolean isInTransaction;
    private boolean isToldBegun;
    private boolean isMapped;
    private Place begun;
    private long seconds;
    private Optional<String> prepared = Optional.empty();
    private boolean isCompleting;
    private boolean isTwoPhased;

    BinlogChanges(MariaTable table, Values values, Sink sink, BinlogPosition from) {
        this.table = table;
        this.values = values;
        this.sink = sink;
        this.from = from;
        this.place = from.place();
        this.begun = from.place();
        this.created = from.created();
        this.dropped = new TreeSet<>(from.dropped());
    }

    /// @param cut up to which it reads at least, and then to the end of a transaction
    /// @param isEnough whether it may end before
    /// @return the position behind all that was read
    BinlogPosition run(BinlogStream stream, Place cut, BooleanSupplier isEnough)
            throws SQLException {
        while (!isEnough.getAsBoolean() && (isInTransaction || place.compareTo(cut) < 0)) {
            Event event =
                    stream.next()
                            .orElseThrow(() ->
                                    new SQLException(
                                            "the log ends at %s, before %s".formatted(place, cut),
                                            BinlogFailures.NO_LOG));
            take(event);
            if (event.end() > 0 && event.type() != Event.ROTATE) {
                place = place.after(event.end());
            }
        }
        return from.at(place, created, dropped);
    }

    private void take(Event event) throws SQLException {
        Optional<RowsEvent> rows = RowsEvent.of(event);
        if (rows.isPresent()) {
            rows(rows.get());
            return;
        }
        switch (event.type()) {
            case Event.ROTATE -> rotate(event.body());
            case Event.FORMAT -> format(event);
            case Event.TABLE_MAP -> map(TableMap.of(event.body()));
            case Event.QUERY, Event.QUERY_COMPRESSED -> query(Query.of(event), event.seconds());
            case Event.MARIA_GTID -> begin(event);
            case Event.XID -> isInTransaction = false;
            case Event.XA_PREPARE -> prepare(event.body());
            case Event.PAYLOAD -> payload(Payload.of(event.body()));
            case Event.PARTIAL_UPDATE -> partial(event.body());
            case Event.GTID,
                    Event.ANONYMOUS_GTID,
                    Event.TAGGED_GTID,
                    Event.PREVIOUS_GTIDS,
                    Event.GTID_LIST,
                    Event.ANNOTATE,
                    Event.ROWS_QUERY,
                    Event.CHECKPOINT,
                    Event.HEARTBEAT,
                    Event.HEARTBEAT_V2,
                    Event.STOP,
                    Event.ENCRYPTION,
                    Event.IGNORABLE,
                    Event.INTVAR,
                    Event.RAND,
                    Event.USER_VAR,
                    Event.APPEND_BLOCK -> {
                // Of interest to replicas.
            }
            case Event.INCIDENT ->
                    throw new Connector.PositionLost("the server lost a part of its log");
            default ->
                    throw new Bytes.NoLog(
                            "the log has an event of an unknown kind, " + event.type());
        }
    }

    private void payload(Payload payload) throws SQLException {
        Optional<Event> event = payload.next();
        while (event.isPresent()) {
            take(event.get());
            event = payload.next();
        }
    }

    /// Parts of JSON values that changed, instead of the values.
    private void partial(Bytes in) {
        if (layouts.containsKey(in.number(RowsEvent.ID_BYTES))) {
            throw new Connector.PositionLost(
                    "changes of %s were logged as parts of values, as binlog_row_value_options of their session was not empty"
                            .formatted(table.words()));
        }
    }

    private void rotate(Bytes in) {
        long at = in.number(Long.BYTES);
        String file = in.utf8(in.left());
        if (!file.equals(place.file())) {
            created = 0;
            place = new Place(file, Math.max(FIRST, at));
        }
    }

    /// The head of a file says when it was begun.
    private void format(Event event) {
        layouts.clear();
        if (place.file().equals(from.place().file())
                && from.created() != 0
                && from.created() != event.seconds()) {
            throw new Connector.PositionLost(
                    "%s is another log than was read, as the server was replaced or its logs were reset"
                            .formatted(place.file()));
        }
        created = event.seconds();
    }

    private void begin(Event event) {
        Bytes in = event.body();
        in.skip(Long.BYTES + Integer.BYTES);
        int flags = in.one();
        if ((flags & GROUP_COMMIT) != 0) {
            in.skip(GROUP_BYTES);
        }
        boolean isXa = (flags & (XA_PREPARED | XA_COMPLETED)) != 0;
        Optional<String> xid = isXa ? Optional.of(xid(in)) : Optional.empty();
        begin(event.seconds());
        isInTransaction = (flags & STANDALONE) == 0;
        if ((flags & XA_PREPARED) != 0) {
            prepared = xid;
            harmless.add(xid.orElseThrow());
        }
        isTwoPhased = (flags & XA_COMPLETED) != 0;
        isCompleting = isTwoPhased && !harmless.contains(xid.orElseThrow());
    }

    private static String xid(Bytes in) {
        in.skip(Integer.BYTES);
        int lengths = in.one() + in.one();
        return HexFormat.of().formatHex(in.take(lengths));
    }

    private void begin(long at) {
        begun = place;
        seconds = at;
        isToldBegun = false;
        prepared = Optional.empty();
        isCompleting = false;
        isTwoPhased = false;
    }

    private void map(TableMap map) throws SQLException {
        layouts.remove(map.id());
        if (table.is(map.database(), map.table())) {
            Layout layout = Layout.of(map, table, values);
            layouts.put(map.id(), layout);
            sink.columns(layout.columns());
            isMapped = true;
        }
    }

    private void rows(RowsEvent rows) throws SQLException {
        Layout layout = layouts.get(rows.id());
        if (layout == null) {
            return;
        }
        if (prepared.isPresent()) {
            // It is not committed yet; if it will be, all is read again.
            harmless.remove(prepared.get());
            return;
        }
        tellBegun();
        rows.tell(layout, sink);
    }

    private void tellBegun() {
        if (!isToldBegun) {
            sink.begin(new Transaction(begun.number(), Instant.ofEpochSecond(seconds)));
            isToldBegun = true;
        }
    }

    /// @param in says whether it is committed with it
    private void prepare(Bytes in) {
        if (in.one() != 0 && prepared.isPresent() && !harmless.contains(prepared.get())) {
            throw xaLost();
        }
        isInTransaction = false;
        prepared = Optional.empty();
    }

    private Connector.PositionLost xaLost() {
        return new Connector.PositionLost(
                "a transaction in two phases (XA) may have changed " + table.words());
    }

    private void query(Query query, long at) {
        String head = query.sql().length() > 20 ? query.sql().substring(0, 20) : query.sql();
        switch (Words.of(head).stream().findFirst().map(Words.Word::text).orElse("")) {
            case "BEGIN" -> {
                begin(at);
                isInTransaction = true;
            }
            case "COMMIT" -> isInTransaction = false;
            case "ROLLBACK" -> rollback(head);
            case "XA" -> xa(query.sql(), at);
            default -> statement(query, at);
        }
    }

    /// Rows of it were told before it was known that they were not to be.
    private void rollback(String head) {
        if (isToldBegun) {
            throw new Connector.PositionLost(
                    "changes of %s were logged and taken back".formatted(table.words()));
        }
        isInTransaction = isInTransaction && head.toUpperCase(Locale.ROOT).contains(" TO");
    }

    /// MariaDB says in the head of a transaction which it is, MySQL in the statement alone.
    private void xa(String sql, long at) {
        String[] words = sql.toUpperCase(Locale.ROOT).split("\\s+", 3);
        String xid = words.length < 3 ? "" : words[2];
        switch (words.length < 2 ? "" : words[1]) {
            case "START", "BEGIN" -> {
                begin(at);
                isInTransaction = true;
                prepared = Optional.of(xid);
                harmless.add(xid);
            }
            case "COMMIT" -> {
                if (isTwoPhased ? isCompleting : !harmless.contains(xid)) {
                    throw xaLost();
                }
                isInTransaction = false;
            }
            case "ROLLBACK" -> isInTransaction = false;
            default -> {
                // Its end comes before it is prepared.
            }
        }
    }

    private void statement(Query query, long at) {
        if (!isInTransaction) {
            begin(at);
        }
        switch (new Statement(table, dropped).effect(query.sql(), query.database())) {
            case Statement.Effect.Nothing(Set<String> gone) -> dropped.addAll(gone);
            case Statement.Effect.Emptied _ -> {
                tellBegun();
                if (!isMapped) {
                    sink.columns(Layout.columns(table));
                }
                sink.truncate();
            }
            case Statement.Effect.Unknown(String reason) ->
                    throw new Connector.PositionLost(reason);
        }
    }
}
