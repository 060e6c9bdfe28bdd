package dev.ade.code;

/// Takes the rows that a source reads. Used by one thread; rows are written out as they come.
///
/// @param <R> its rows
public interface Sink<R> {
    /// Adds a row to the part that was begun last.
    void add(R row);

    /// Begins a part: a batch of its own, whose name `_source` shows. Rows before the first belong to one that is called
    /// as the dataset.
    ///
    /// @param name unique in a reading, without secrets and personal values
    void part(String name);

    /// Says where the next reading begins; the last one said counts. It is published with the rows: where the run fails,
    /// the next one is asked from the old position again.
    void next(String position);

    /// Says how many rows the system itself counts, in all parts: a load that has not so many fails.
    void expect(long rows);
}
