package dev.ade.run.verify;

import dev.ade.model.TableName;
import dev.ade.spi.Verified;
import java.time.Duration;
import java.util.Optional;

/// What came of comparing one source.
///
/// @param found empty where the status is `UNKNOWN`
/// @param message why the status is `UNKNOWN`, with the next step; else empty
public record Verdict(
        TableName table, Status status, Optional<Verified> found, String message, Duration took) {
    public enum Status {
        EQUAL,
        DIFFERENT,
        /// They could not be compared.
        UNKNOWN
    }
}
