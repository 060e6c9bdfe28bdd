package dev.ade.model;

/// What happens to a column that looks personal and that nobody declared.
public enum PrivacyPolicy {
    /// It is pseudonymised, and reported.
    PSEUDONYM,
    /// It is not stored, and reported.
    DROP,
    /// The load fails until somebody declares the column.
    REFUSE
}
