package dev.ade.ingest;

/// A value, or a line, that kept a row out.
///
/// @param line physical line the row starts on, from 1; of Parquet the row
/// @param column empty where it is the whole row
/// @param valueClass what kind of value it was; never the value
record Rejection(Part part, long line, String column, String valueClass, String reason) {}
