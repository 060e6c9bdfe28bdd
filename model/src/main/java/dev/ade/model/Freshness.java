package dev.ade.model;

import java.time.Duration;
import java.util.Optional;

/// How old the newest rows of a source may become.
///
/// @param loadedAtField an expression over the source's columns that says when a row came; else the time of its load
/// @param filter which rows count, as SQL
public record Freshness(
        Optional<Duration> warnAfter,
        Optional<Duration> errorAfter,
        Optional<String> loadedAtField,
        Optional<String> filter) {}
