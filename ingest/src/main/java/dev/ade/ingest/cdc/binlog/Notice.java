package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.cdc.sink.Columns;
import dev.ade.ingest.cdc.sink.Sink;
import dev.ade.ingest.cdc.sink.Transaction;
import dev.ade.ingest.cdc.sink.Tuple;
import java.util.Optional;

/// Heeds whether there is any change.
final class Notice implements Sink {
    private long changes;

    boolean isAny() {
        return changes > 0;
    }

    @Override
    public void columns(Columns next) {
        // They are no change.
    }

    @Override
    public void begin(Transaction transaction) {
        // It may be empty.
    }

    @Override
    public void insert(Tuple row) {
        changes++;
    }

    @Override
    public void update(Optional<Tuple> before, Tuple row) {
        changes++;
    }

    @Override
    public void delete(Tuple before) {
        changes++;
    }

    @Override
    public void truncate() {
        changes++;
    }

    @Override
    public long rows() {
        return changes;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
