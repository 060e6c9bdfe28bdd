package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import java.time.Instant;

/// What one load brought from one file.
///
/// @param id follows from the content: the same file gives the same id wherever and whenever it is loaded
/// @param origin the file, relative to the project where it lies in it; the value of `_source`
/// @param bytes size of the file
/// @param modifiedAt its time of change
/// @param contract fingerprint of the load's declaration it was read under
/// @param rowsRead = rowsLanded + rowsRejected
/// @param eventTimes the hours of event time its rows touch, and rows that gave way to them; `ALWAYS` where the dataset has no event time
public record Batch(
        Fingerprint id,
        String origin,
        long bytes,
        Instant modifiedAt,
        Fingerprint contract,
        Instant loadedAt,
        long rowsRead,
        long rowsLanded,
        long rowsRejected,
        Intervals eventTimes) {
    public Batch {
        if (rowsRead != rowsLanded + rowsRejected) {
            throw new IllegalStateException(
                    "Cannot account for %s: read %d rows, landed %d, rejected %d"
                            .formatted(origin, rowsRead, rowsLanded, rowsRejected));
        }
    }

    /// The same, which changed these hours too.
    public Batch touching(Intervals more) {
        return with(contract, eventTimes.union(more));
    }

    /// The same under another declaration.
    public Batch under(Fingerprint other) {
        return with(other, eventTimes);
    }

    private Batch with(Fingerprint otherContract, Intervals otherTimes) {
        return new Batch(
                id,
                origin,
                bytes,
                modifiedAt,
                otherContract,
                loadedAt,
                rowsRead,
                rowsLanded,
                rowsRejected,
                otherTimes);
    }
}
