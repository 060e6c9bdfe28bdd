package dev.ade.code.run;

import dev.ade.code.BatchModel;
import dev.ade.model.AdeException;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Gives each thread batches of one input, one after the other, and a model of its own to work on them.
///
/// @param <I> the columns it reads
/// @param <O> the columns it makes
final class BatchWork<I extends Record, O extends Record> implements Flow.Work {
    private final Declared declared;
    private final Failures failures;
    private final ArrowReader input;
    private final BufferAllocator allocator;
    private final Schema made;
    private final RecordReader<I> reader;
    private final RecordWriter writer;

    BatchWork(
            Declared declared,
            Class<I> read,
            Failures failures,
            ArrowReader input,
            BufferAllocator allocator) {
        this.declared = declared;
        this.failures = failures;
        this.input = input;
        this.allocator = allocator;
        List<Component> columns = Component.of(declared.output());
        this.made = RunningModel.arrow(columns);
        this.reader = new RecordReader<>(read, Component.of(read));
        this.writer = new RecordWriter(columns);
    }

    @Override
    @SuppressWarnings("unchecked") // Declared read these types from the class itself.
    public void run(Flow flow) {
        try (VectorSchemaRoot root = root();
                MadeRows<O> out = new MadeRows<>(writer, made, allocator, flow::put)) {
            BatchModel<I, O> model = (BatchModel<I, O>) declared.create();
            VectorLoader loader = new VectorLoader(root);
            while (!flow.isStopped() && next(loader)) {
                map(model, new ReadRows<>(reader, root), out);
            }
            out.flush();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failures.of(e);
        } catch (IOException e) {
            throw AdeException.internal("Cannot read batches", e);
        }
    }

    private void map(BatchModel<I, O> model, ReadRows<I> rows, MadeRows<O> out) {
        failures.guard(() -> model.map(rows, out));
    }

    private VectorSchemaRoot root() throws IOException {
        synchronized (input) {
            return VectorSchemaRoot.create(input.getVectorSchemaRoot().getSchema(), allocator);
        }
    }

    /// Takes the next batch; its memory goes along.
    private boolean next(VectorLoader loader) throws IOException {
        @Nullable ArrowRecordBatch batch = take();
        if (batch == null) {
            return false;
        }
        try (batch) {
            loader.load(batch);
        }
        return true;
    }

    private @Nullable ArrowRecordBatch take() throws IOException {
        synchronized (input) {
            return input.loadNextBatch()
                    ? new VectorUnloader(input.getVectorSchemaRoot()).getRecordBatch()
                    : null;
        }
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw AdeException.internal("Cannot close what a Java model reads", e);
        }
    }
}
