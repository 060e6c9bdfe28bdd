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
/// @param place among all of the dataset in the order in which they first came, from 1; 0 where nobody has said yet
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
        Intervals eventTimes,
        int place) {
    public Batch {
        if (rowsRead != rowsLanded + rowsRejected) {
            throw new IllegalStateException(
                    "Cannot account for %s: read %d rows, landed %d, rejected %d"
                            .formatted(origin, rowsRead, rowsLanded, rowsRejected));
        }
    }

    /// The same, which changed these hours too.
    public Batch touching(Intervals more) {
        return with(contract, eventTimes.union(more), place);
    }

    /// The same, which changed these hours.
    public Batch during(Intervals times) {
        return with(contract, times, place);
    }

    /// The same under another declaration.
    public Batch under(Fingerprint other) {
        return with(other, eventTimes, place);
    }

    /// The same, of a file that lies there now.
    public Batch from(Loader.Item item) {
        return new Batch(
                id,
                item.origin(),
                item.bytes(),
                item.modifiedAt(),
                contract,
                loadedAt,
                rowsRead,
                rowsLanded,
                rowsRejected,
                eventTimes,
                place);
    }

    /// The same in another place.
    public Batch at(int other) {
        return with(contract, eventTimes, other);
    }

    private Batch with(Fingerprint otherContract, Intervals otherTimes, int otherPlace) {
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
                otherTimes,
                otherPlace);
    }
}
