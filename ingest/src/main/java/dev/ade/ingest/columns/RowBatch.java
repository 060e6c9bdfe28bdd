package dev.ade.ingest.columns;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.spi.Cell;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;

/// Rows in columns, in memory outside the heap that one batch leaves to the next. Used by one thread.
public final class RowBatch implements AutoCloseable {
    /// As many as the engine keeps together.
    static final int ROWS_MAX = 122_880;

    /// What a batch may take where its values are long, but for its last row.
    static final long BYTES_MAX = 48L << 20;

    /// Rows after which it is looked how much memory they take, where no value of them is long.
    private static final int LOOK_ROWS = 64;

    private final BufferAllocator allocator;
    private final List<Vector> columns = new ArrayList<>();
    private final org.apache.arrow.vector.types.pojo.Schema arrow;
    private int rows;
    private boolean isFull;

    /// @param allocator where it lies
    public RowBatch(Schema schema, BufferAllocator allocator) {
        this.allocator = allocator;
        List<Field> fields = new ArrayList<>();
        for (Column column : schema.columns()) {
            Vector vector = Plain.of(allocator, column.type());
            columns.add(vector);
            fields.add(vector.field(column.name()));
        }
        this.arrow = new org.apache.arrow.vector.types.pojo.Schema(fields);
    }

    /// Takes the value of a column for the row that is being added.
    public Cell cell(int column) {
        return columns.get(column);
    }

    /// Adds the row whose values the cells took.
    public void end() {
        rows++;
        boolean isLong = rows % LOOK_ROWS == 0;
        for (int i = 0; i < columns.size(); i++) {
            Vector column = columns.get(i);
            if (column.size() != rows) {
                throw new IllegalStateException(
                        "column %d took %d values of a row".formatted(i, column.size() - rows + 1));
            }
            isLong |= column.isLong();
        }
        isFull = rows >= ROWS_MAX || (isLong && bytes() >= BYTES_MAX);
    }

    /// Forgets what cells took of a row.
    public void discard() {
        columns.forEach(column -> column.truncate(Math.min(rows, column.size())));
    }

    public int rows() {
        return rows;
    }

    /// Whether it should be given away before another row is added.
    public boolean isFull() {
        return isFull;
    }

    /// What it takes in memory.
    public long bytes() {
        return columns.stream().mapToLong(Vector::bytes).sum();
    }

    /// Adds the rows to what they are told by.
    public void hash(MessageDigest digest) {
        columns.forEach(column -> column.hash(digest));
    }

    /// The rows, to be read once, before the next is added.
    public ArrowReader reader() {
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        columns.forEach(column -> column.describe(nodes, buffers));
        return new OneBatch(allocator, arrow, new ArrowRecordBatch(rows, nodes, buffers));
    }

    /// Begins anew.
    public void clear() {
        rows = 0;
        isFull = false;
        discard();
    }

    @Override
    public void close() {
        columns.forEach(Vector::close);
    }
}
