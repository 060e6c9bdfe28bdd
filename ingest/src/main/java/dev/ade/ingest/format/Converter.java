package dev.ade.ingest.format;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Writes the rows of one kind of file as lines of JSON or CSV.
public sealed interface Converter permits Xlsx, FixedWidth, Xml, Avro, Orc {
    /// What the copy is: NDJSON or CSV.
    Format format();

    /// Reads everything and closes nothing.
    ///
    /// @throws NotReadable where the file is not what it should be; its message holds nothing of the content
    Converted convert(Input input, Path copy) throws IOException;

    /// The file, to be read from its beginning as often as it takes.
    interface Input {
        InputStream open() throws IOException;
    }

    /// A file that is broken, or has not what is asked of it.
    final class NotReadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String nextStep;

        /// @param reason continues "Cannot load FILE: "
        public NotReadable(String reason, String nextStep) {
            super(reason);
            this.nextStep = nextStep;
        }

        public AdeException of(String origin) {
            return AdeException.data(
                    "Cannot load %s: %s".formatted(origin, getMessage()), nextStep);
        }
    }
}
