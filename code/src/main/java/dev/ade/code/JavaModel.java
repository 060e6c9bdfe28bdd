package dev.ade.code;

/// A model written in Java: a class with a constructor that takes nothing, and `Reads` above it.
///
/// @param <O> the columns it makes: components are columns, `orderId` is `order_id`, in order
public sealed interface JavaModel<O extends Record> permits BatchModel, TableModel {}
