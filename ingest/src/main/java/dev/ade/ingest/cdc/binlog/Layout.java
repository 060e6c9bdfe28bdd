package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.Columns;
import dev.ade.ingest.cdc.sink.Tuple;
import dev.ade.ingest.jdbc.Unfit;
import dev.ade.spi.Connector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the values of a followed table lie in its rows: what is left out of them is what the table has no more, or what
/// a query does not give.
///
/// @param readers one for each column of the log; empty for those that are left out
record Layout(TableMap map, Columns columns, List<Optional<Values.Reader>> readers) {
    private static final int BITS = 8;

    static Layout of(TableMap map, MariaTable table, Values values) throws SQLException {
        if (map.names().size() != map.columns().size()) {
            throw new Connector.PositionLost(
                    "the log does not name the columns of %s, as binlog_row_metadata was not FULL for a time"
                            .formatted(table.words()));
        }
        List<Columns.One> columns = new ArrayList<>();
        List<Optional<Values.Reader>> readers = new ArrayList<>();
        for (int i = 0; i < map.columns().size(); i++) {
            Optional<MariaTable.One> now = now(table, map.names().get(i));
            if (now.isEmpty()) {
                readers.add(Optional.empty());
                continue;
            }
            columns.add(one(table, now.get()));
            readers.add(Optional.of(values.reader(map.columns().get(i), now.get(), map.words(i))));
        }
        return new Layout(map, new Columns(columns), readers);
    }

    /// The columns that a table has now.
    static Columns columns(MariaTable table) {
        return new Columns(table.columns().stream().map(column -> one(table, column)).toList());
    }

    private static Columns.One one(MariaTable table, MariaTable.One column) {
        boolean isKey = table.key().contains(column.column().name().toLowerCase(Locale.ROOT));
        return new Columns.One(column.column(), isKey, Layout::fit);
    }

    private static Optional<MariaTable.One> now(MariaTable table, String name) {
        return table.columns().stream()
                .filter(one -> one.column().name().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Object fit(Object value) throws Unfit {
        if (value instanceof Unfit unfit) {
            throw unfit;
        }
        return value;
    }

    /// Reads one row.
    ///
    /// @param said the columns that are in it
    Tuple row(Bytes in, BitSet said) throws SQLException {
        BitSet isNull = bits(in, said.cardinality());
        @Nullable Object[] row = new @Nullable Object[columns.all().size()];
        int inRow = 0;
        int column = 0;
        for (int i = 0; i < readers.size(); i++) {
            boolean isSaid = said.get(i);
            boolean isValue = isSaid && !isNull.get(inRow);
            inRow += isSaid ? 1 : 0;
            Optional<Values.Reader> reader = readers.get(i);
            if (isValue) {
                Bytes value = map.columns().get(i).value(in);
                if (reader.isPresent()) {
                    row[column] = reader.get().read(value);
                }
            }
            column += reader.isPresent() ? 1 : 0;
        }
        return Tuple.of(row);
    }

    /// The lowest bit of the first byte first. MySQL sets those behind the last, too.
    static BitSet bits(Bytes in, int count) {
        BitSet bits = BitSet.valueOf(in.take((count + BITS - 1) / BITS));
        bits.clear(count, Math.max(count, bits.length()));
        return bits;
    }
}
