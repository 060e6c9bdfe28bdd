package dev.ade.model;

import java.util.Optional;

/// What a project declares about one column of a source or model.
///
/// @param name its name in the dataset
/// @param type its declared type; empty where it is inferred
/// @param nullability whether NULL breaks the contract
/// @param privacy its privacy, if declared
/// @param description what it means; empty where nobody said
public record ColumnSpec(
        String name,
        Optional<Type> type,
        Nullability nullability,
        Optional<PrivacySpec> privacy,
        String description) {
    /// Whether a column may hold NULL.
    public enum Nullability {
        NULLABLE,
        NOT_NULL
    }
}
