package dev.ade.code.run;

import dev.ade.code.Batch;
import dev.ade.code.Inputs;
import dev.ade.code.Rows;
import dev.ade.code.TableModel;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.TableCode.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/// Lets one model make all rows in one thread.
///
/// @param <O> the columns it makes
final class TableWork<O extends Record> implements Flow.Work, Inputs {
    private static final int OPEN_MAX = 100;

    private final Declared declared;
    private final Failures failures;
    private final Tables tables;
    private final org.apache.arrow.vector.types.pojo.Schema made;
    private final RecordWriter writer;
    private final List<Open<?>> open = new ArrayList<>();

    TableWork(Declared declared, Failures failures, Tables tables) {
        this.declared = declared;
        this.failures = failures;
        this.tables = tables;
        List<Component> columns = Component.of(declared.output());
        this.made = RunningModel.arrow(columns);
        this.writer = new RecordWriter(columns);
    }

    @Override
    @SuppressWarnings("unchecked") // Declared read these types from the class itself.
    public void run(Flow flow) {
        try {
            failures.guard(() -> {
                try (MadeRows<O> out =
                        new MadeRows<>(writer, made, tables.allocator(), flow::put)) {
                    TableModel<O> model = (TableModel<O>) declared.create();
                    model.make(this, out);
                    out.flush();
                }
            });
        } finally {
            closeAll();
        }
    }

    @Override
    public <I extends Record> Rows<I> read(Class<I> columns, String dataset) {
        List<Component> components = Component.of(columns);
        String from = TableName.parse(dataset).quoted();
        Schema schema = tables.describe("select * from " + from);
        List<Column> found = Selecting.columns(components, schema, dataset);
        return open(columns, found, Selecting.query(found, from));
    }

    /// The query runs as it is, as another around it might lose its order.
    @Override
    public <I extends Record> Rows<I> query(Class<I> columns, String select) {
        Schema schema = tables.describe(select);
        return open(columns, Selecting.columns(Component.of(columns), schema, "the query"), select);
    }

    private <I extends Record> Rows<I> open(Class<I> type, List<Column> columns, String select) {
        if (open.size() == OPEN_MAX) {
            throw new IllegalStateException(
                    "a model has %d inputs open at most; close what is read".formatted(OPEN_MAX));
        }
        Open<I> rows =
                new Open<>(
                        new RecordReader<>(type, Component.of(type)),
                        columns.stream().map(Column::name).toList(),
                        tables.query(select));
        open.add(rows);
        return rows;
    }

    private void closeAll() {
        List.copyOf(open).forEach(Open::close);
    }

    @Override
    public void close() {
        closeAll();
    }

    /// Rows that are being read.
    private final class Open<I extends Record> implements Rows<I> {
        private final RecordReader<I> reader;
        private final List<String> columns;
        private final ArrowReader batches;
        private boolean isTaken;
        private boolean isClosed;

        Open(RecordReader<I> reader, List<String> columns, ArrowReader batches) {
            this.reader = reader;
            this.columns = columns;
            this.batches = batches;
        }

        @Override
        public Iterable<Batch<I>> batches() {
            return this::iterateBatches;
        }

        private Iterator<Batch<I>> iterateBatches() {
            if (isTaken) {
                throw new IllegalStateException("rows can be gone through once");
            }
            isTaken = true;
            return new Iterator<>() {
                private boolean isLoaded;

                @Override
                public boolean hasNext() {
                    isLoaded = isLoaded || load();
                    return isLoaded;
                }

                @Override
                public Batch<I> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    isLoaded = false;
                    return current();
                }
            };
        }

        private boolean load() {
            try {
                return !isClosed && batches.loadNextBatch();
            } catch (IOException e) {
                throw AdeException.internal("Cannot read batches", e);
            }
        }

        private Batch<I> current() {
            try {
                VectorSchemaRoot all = batches.getVectorSchemaRoot();
                List<FieldVector> vectors = columns.stream().map(all::getVector).toList();
                List<Field> fields = vectors.stream().map(FieldVector::getField).toList();
                return new ReadRows<>(
                        reader, new VectorSchemaRoot(fields, vectors, all.getRowCount()));
            } catch (IOException e) {
                throw AdeException.internal("Cannot read batches", e);
            }
        }

        @Override
        public Iterator<I> iterator() {
            Iterator<Batch<I>> each = iterateBatches();
            return new Iterator<>() {
                private Iterator<I> rows = List.<I>of().iterator();

                @Override
                public boolean hasNext() {
                    while (!rows.hasNext() && each.hasNext()) {
                        rows = each.next().iterator();
                    }
                    return rows.hasNext();
                }

                @Override
                public I next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return rows.next();
                }
            };
        }

        @Override
        public void close() {
            if (isClosed) {
                return;
            }
            isClosed = true;
            open.remove(this);
            try {
                batches.close();
            } catch (IOException e) {
                throw AdeException.internal("Cannot close what a Java model reads", e);
            }
        }
    }
}
