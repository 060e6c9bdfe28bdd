package dev.ade.code;

/// Takes the rows that a model makes. Used by one thread.
///
/// @param <O> their columns
@FunctionalInterface
public interface Output<O extends Record> {
    /// Adds a row.
    void add(O row);
}
