package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.cdc.sink.Tuple;
import dev.ade.spi.Connector;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Optional;

/// Rows of one table that one statement wrote.
///
/// @param id of the table's map
/// @param in behind what is the same of all kinds
record RowsEvent(Kind kind, long id, Bytes in, boolean isDeflated) {
    enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    static final int ID_BYTES = 6;
    private static final int FLAG_BYTES = 2;

    /// Empty for an event of another type.
    static Optional<RowsEvent> of(Event event) {
        return switch (event.type()) {
            case Event.WRITE_V1, Event.WRITE, Event.WRITE_COMPRESSED_V1, Event.WRITE_COMPRESSED ->
                    Optional.of(of(Kind.INSERT, event));
            case Event.UPDATE_V1,
                    Event.UPDATE,
                    Event.UPDATE_COMPRESSED_V1,
                    Event.UPDATE_COMPRESSED ->
                    Optional.of(of(Kind.UPDATE, event));
            case Event.DELETE_V1,
                    Event.DELETE,
                    Event.DELETE_COMPRESSED_V1,
                    Event.DELETE_COMPRESSED ->
                    Optional.of(of(Kind.DELETE, event));
            default -> Optional.empty();
        };
    }

    private static RowsEvent of(Kind kind, Event event) {
        Bytes in = event.body();
        long id = in.number(ID_BYTES);
        in.skip(FLAG_BYTES);
        boolean hasMore =
                switch (event.type()) {
                    case Event.WRITE,
                            Event.UPDATE,
                            Event.DELETE,
                            Event.WRITE_COMPRESSED,
                            Event.UPDATE_COMPRESSED,
                            Event.DELETE_COMPRESSED ->
                            true;
                    default -> false;
                };
        if (hasMore) {
            in.skip((int) in.number(2) - 2);
        }
        return new RowsEvent(kind, id, in, event.type() >= Event.WRITE_COMPRESSED_V1);
    }

    /// Reads them. Used once.
    void tell(Layout layout, Sink sink) throws SQLException {
        int count = (int) in.packed();
        if (count != layout.readers().size()) {
            throw new Bytes.NoLog("a row of the log has other columns than its table");
        }
        BitSet said = whole(layout, count);
        if (kind == Kind.UPDATE) {
            whole(layout, count);
        }
        Bytes rows = isDeflated ? new Bytes(Deflated.inflate(in)) : in;
        while (!rows.isAtEnd()) {
            Tuple row = layout.row(rows, said);
            switch (kind) {
                case INSERT -> sink.insert(row);
                case UPDATE -> sink.update(Optional.of(row), layout.row(rows, said));
                case DELETE -> sink.delete(row);
            }
        }
    }

    private BitSet whole(Layout layout, int count) {
        BitSet said = Layout.bits(in, count);
        if (said.cardinality() != count) {
            throw new Connector.PositionLost(
                    "a change of %s was logged without its whole row, as binlog_row_image of its session was not FULL"
                            .formatted(layout.map().table()));
        }
        return said;
    }
}
