package dev.ade.ingest.sftp;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a server says of a file.
///
/// @param modifiedAt by the clock of the server, to the microsecond; mostly to the second
public record Facts(Kind kind, long bytes, Instant modifiedAt) {
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /// @param name without a folder
    public record Named(String name, Facts facts) {}

    public Facts {
        modifiedAt = modifiedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
