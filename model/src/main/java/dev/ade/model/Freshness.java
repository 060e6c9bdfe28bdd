package dev.ade.model;

import java.time.Duration;
import java.util.Optional;

/// How old the newest rows of a source may become.
public record Freshness(
        Optional<Duration> warnAfter,
        Optional<Duration> errorAfter,
        Optional<String> loadedAtField) {}
