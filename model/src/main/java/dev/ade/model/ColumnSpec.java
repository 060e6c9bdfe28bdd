package dev.ade.model;

import java.util.List;
import java.util.Optional;

/// What a project declares about one column of a source or model.
///
/// @param name its name in the dataset
/// @param type its declared type; empty where it is inferred
/// @param nullability whether NULL breaks the contract
/// @param privacy its privacy, if declared
/// @param description what it means; empty where nobody said
/// @param aliases what a column of a source is called elsewhere, or was called before
public record ColumnSpec(
        String name,
        Optional<Type> type,
        Nullability nullability,
        Optional<PrivacySpec> privacy,
        String description,
        List<String> aliases) {
    public ColumnSpec {
        aliases = List.copyOf(aliases);
    }

    /// A column of one name.
    public ColumnSpec(
            String name,
            Optional<Type> type,
            Nullability nullability,
            Optional<PrivacySpec> privacy,
            String description) {
        this(name, type, nullability, privacy, description, List.of());
    }

    /// The same with this type and privacy.
    public ColumnSpec with(Optional<Type> otherType, Optional<PrivacySpec> otherPrivacy) {
        return new ColumnSpec(name, otherType, nullability, otherPrivacy, description, aliases);
    }

    /// Whether a column may hold NULL.
    public enum Nullability {
        NULLABLE,
        NOT_NULL
    }
}
