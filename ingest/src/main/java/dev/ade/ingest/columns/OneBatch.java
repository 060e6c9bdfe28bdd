package dev.ade.ingest.columns;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// A stream of one batch, which it closes.
final class OneBatch extends ArrowReader {
    private final Schema schema;
    private @Nullable ArrowRecordBatch batch;

    OneBatch(BufferAllocator allocator, Schema schema, ArrowRecordBatch batch) {
        super(allocator);
        this.schema = schema;
        this.batch = batch;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        ArrowRecordBatch next = batch;
        if (next == null) {
            return false;
        }
        prepareLoadNextBatch();
        batch = null;
        loadRecordBatch(next);
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        if (batch != null) {
            batch.close();
            batch = null;
        }
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
