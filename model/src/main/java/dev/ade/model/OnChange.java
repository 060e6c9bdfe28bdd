package dev.ade.model;

/// What becomes of the rows that are there when a model with history gets another query.
public enum OnChange {
    /// They are made again, so that the data is what a run from scratch would give.
    RESTATE,
    /// They stay; only what comes from now on is made by the new query. In new columns they have NULL.
    FORWARD
}
