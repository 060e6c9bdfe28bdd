package dev.ade.code;

/// The datasets that a model reads. Used by one thread.
public interface Inputs {
    /// Streams the columns of a record from a dataset, in any order.
    <I extends Record> Rows<I> read(Class<I> columns, String dataset);

    /// Streams the columns of a record from what a query gives. The query names datasets by their full names, and only
    /// those that `Reads` names.
    <I extends Record> Rows<I> query(Class<I> columns, String select);
}
