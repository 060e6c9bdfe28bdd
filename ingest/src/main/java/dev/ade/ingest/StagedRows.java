package dev.ade.ingest;

import dev.ade.ingest.columns.RowBatch;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.spi.Cell;
import dev.ade.spi.Connector;
import dev.ade.spi.Privacy;
import dev.ade.spi.Shelf;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/// Rows of one part on their way to a shelf, a batch of columns at a time.
final class StagedRows implements Connector.Rows {
    private final Schema schema;
    private final Shelf.Table table;
    private final Privacy privacy;
    private final Refusals refusals;
    private final RowBatch batch;
    private final MessageDigest digest = Contents.sha256();
    private long rows;
    private long bytes;
    private Optional<Fingerprint> content = Optional.empty();

    /// Takes rows that no type holds.
    interface Refusals {
        void add(Refused.Row row);

        void clear();
    }

    StagedRows(Schema schema, Shelf.Table table, Privacy privacy, Refusals refusals) {
        this.schema = schema;
        this.table = table;
        this.privacy = privacy;
        this.refusals = refusals;
        this.batch = new RowBatch(schema, table.allocator());
        begin();
    }

    private void begin() {
        digest.update(schema.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// What stands for them, once they are complete.
    Staged.Table table() {
        return new Staged.Table(table.sql(), schema);
    }

    long bytes() {
        return bytes;
    }

    /// Tells these rows from others, once they are complete.
    Fingerprint content() {
        return content.orElseThrow(() -> new IllegalStateException("more rows may come"));
    }

    @Override
    public void add(List<? extends @Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            Column column = schema.columns().get(i);
            if (isTooLong(column.type(), value)) {
                reject(column.name(), String.valueOf(value), RowCheck.notA(column.type().text()));
                return;
            }
            batch.cell(i).value(value);
        }
        end();
    }

    /// Whether its type does not hold all digits of a value; nothing is rounded.
    private static boolean isTooLong(Type type, @Nullable Object value) {
        return type instanceof Type.Decimal decimal
                && value instanceof BigDecimal number
                && !decimal.holds(number);
    }

    @Override
    public Cell cell(int column) {
        return batch.cell(column);
    }

    @Override
    public void end() {
        batch.end();
        rows++;
        if (batch.isFull()) {
            flush();
        }
    }

    @Override
    public void reject(String column, String value, String reason) {
        batch.discard();
        rows++;
        refusals.add(new Refused.Row(rows, column, privacy.valueClass(value), reason));
    }

    @Override
    public void restart() {
        batch.clear();
        table.clear();
        refusals.clear();
        rows = 0;
        bytes = 0;
        digest.reset();
        begin();
    }

    private void flush() {
        bytes += batch.bytes();
        batch.hash(digest);
        try (ArrowReader reader = batch.reader()) {
            table.add(reader);
        } catch (IOException e) {
            throw AdeException.internal("Cannot close what is in memory", e);
        }
        batch.clear();
    }

    @Override
    public void close() {
        try (table;
                batch) {
            if (batch.rows() > 0) {
                flush();
            }
            content = Optional.of(Contents.fingerprint(digest));
        }
    }
}
