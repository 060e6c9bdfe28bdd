package dev.ade.ingest;

import dev.ade.model.LoadSpec.Format;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A file that a pattern matched.
///
/// @param path absolute
/// @param origin relative to the project with `/` where the file lies in it, else absolute
/// @param format what to read it as; never `AUTO`
/// @param modifiedAt to the microsecond, as ledgers keep it
record FoundFile(Path path, String origin, long bytes, Instant modifiedAt, Format format) {
    FoundFile {
        modifiedAt = modifiedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
