package dev.ade.spi;

/// How one query differs from another, as far as their texts tell.
public enum QueryDifference {
    /// They parse alike: only blanks, comments, or the case of words and names differ.
    NONE,
    /// The later gives columns that the earlier did not; rows and other columns are the same expressions.
    ADDITIVE,
    /// Anything else, and whatever cannot be told for certain.
    OTHER
}
