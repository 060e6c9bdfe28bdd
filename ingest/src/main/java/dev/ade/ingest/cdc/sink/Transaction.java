package dev.ade.ingest.cdc.sink;

import java.time.Instant;

/// What a log says of changes that were committed together.
///
/// @param place in the log; those committed later have a larger one
public record Transaction(long place, Instant committedAt) {
    static final Transaction NONE = new Transaction(0, Instant.EPOCH);
}
