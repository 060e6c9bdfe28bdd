package dev.ade.code;

/// Rows of a dataset or query, streamed; can be gone through once. Closed by itself when the model is done.
///
/// @param <I> their columns
public interface Rows<I extends Record> extends Iterable<I>, AutoCloseable {
    /// The same, batch by batch; each is valid until the next is asked for.
    Iterable<Batch<I>> batches();

    @Override
    void close();
}
