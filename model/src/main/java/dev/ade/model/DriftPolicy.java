package dev.ade.model;

/// What a load does when the outside changes its shape.
public enum DriftPolicy {
    /// New columns are added, types widened, lost columns become NULL.
    EVOLVE,
    /// Any change fails the load.
    FREEZE,
    /// Rows that need a new column or a wider type are rejected.
    DISCARD_ROW,
    /// New columns and values that do not fit are left out, the rows stay.
    DISCARD_VALUE
}
