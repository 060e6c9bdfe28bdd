package dev.ade.code.run;

import dev.ade.code.Output;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/// Collects the rows that one thread makes into batches.
///
/// @param <O> their columns
final class MadeRows<O extends Record> implements Output<O>, AutoCloseable {
    static final int ROWS_MAX = 16_384;

    private final RecordWriter writer;
    private final Consumer<ArrowRecordBatch> taker;
    private final VectorSchemaRoot root;
    private final List<FieldVector> vectors;
    private int rows;

    MadeRows(
            RecordWriter writer,
            Schema schema,
            BufferAllocator allocator,
            Consumer<ArrowRecordBatch> taker) {
        this.writer = writer;
        this.taker = taker;
        this.root = VectorSchemaRoot.create(schema, allocator);
        this.vectors = root.getFieldVectors();
        root.allocateNew();
    }

    @Override
    public void add(O row) {
        writer.write(Objects.requireNonNull(row, "a row is null"), vectors, rows);
        rows++;
        if (rows == ROWS_MAX) {
            flush();
        }
    }

    /// Hands over what was collected so far.
    void flush() {
        if (rows == 0) {
            return;
        }
        root.setRowCount(rows);
        ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch();
        root.clear();
        root.allocateNew();
        rows = 0;
        taker.accept(batch);
    }

    @Override
    public void close() {
        root.close();
    }
}
