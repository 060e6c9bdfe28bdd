package dev.ade.model;

/// What happens to a column that looks personal and that nobody declared.
public enum PrivacyPolicy {
    /// It is pseudonymised, and reported.
    PSEUDONYM,
    /// It is not stored, and reported.
    DROP,
    /// It stays as it is, and is reported as kept by the user's decision.
    KEEP,
    /// The load fails until somebody declares the column.
    REFUSE
}
