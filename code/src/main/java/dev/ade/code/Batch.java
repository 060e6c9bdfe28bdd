package dev.ade.code;

import org.apache.arrow.vector.VectorSchemaRoot;

/// Some rows of a dataset. Only valid until the method that was given it returns; used by one thread.
///
/// @param <I> its columns
public interface Batch<I extends Record> extends Iterable<I> {
    /// How many rows it has.
    int size();

    /// A row, counted from 0.
    I get(int row);

    /// The same as Arrow vectors, for code that works on columns; in the order of the record's components.
    VectorSchemaRoot arrow();
}
