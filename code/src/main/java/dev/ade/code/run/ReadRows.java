package dev.ade.code.run;

import dev.ade.code.Batch;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.VectorSchemaRoot;

/// A batch whose rows are records.
///
/// @param <I> its columns
final class ReadRows<I extends Record> implements Batch<I> {
    private final RecordReader<I> reader;
    private final VectorSchemaRoot root;
    private final RecordReader.Place place;

    ReadRows(RecordReader<I> reader, VectorSchemaRoot root) {
        this.reader = reader;
        this.root = root;
        this.place = reader.place(root.getFieldVectors());
    }

    @Override
    public int size() {
        return root.getRowCount();
    }

    @Override
    public I get(int row) {
        if (row < 0 || row >= size()) {
            throw new IndexOutOfBoundsException(
                    "a row of this batch is 0 to %d, was %d".formatted(size() - 1, row));
        }
        return reader.read(place.at(row));
    }

    @Override
    public VectorSchemaRoot arrow() {
        return root;
    }

    @Override
    public Iterator<I> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public I next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return reader.read(place.at(next++));
            }
        };
    }
}
