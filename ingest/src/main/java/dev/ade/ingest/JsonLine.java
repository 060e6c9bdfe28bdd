package dev.ade.ingest;

import dev.ade.ingest.format.CorrectedLines;
import dev.ade.model.AdeException;
import dev.ade.spi.Correction;
import dev.ade.spi.RawRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// A row of a file of newline-delimited JSON: all of it is one value.
///
/// @param origin the file
record JsonLine(String origin, long line, String text) implements RawRow {
    static final String COLUMN = "_json";

    @Override
    public SequencedMap<String, String> values() {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        values.put(COLUMN, text);
        return values;
    }

    @Override
    public String surplus() {
        return "";
    }

    /// Whether it is an object is for the load to say.
    @Override
    public Optional<Correction> with(Map<String, String> values) {
        String value = Objects.requireNonNull(values.get(COLUMN));
        if (value.equals(text)) {
            return Optional.empty();
        }
        if (value.isBlank() || CorrectedLines.lineEnds(value) > 0) {
            throw AdeException.user(
                    "Cannot write %s:%d: it is not one line of JSON".formatted(origin, line),
                    "Write one object on one line, or take the row out");
        }
        if (value.indexOf(RawRows.UNREADABLE) >= 0) {
            throw AdeException.user(
                    "Cannot write %s:%d: a character of it could not be read"
                            .formatted(origin, line),
                    "Give it another value, or correct the file itself");
        }
        return Optional.of(new Correction(line, 1, value));
    }

    /// Values are nobody's business but those who asked for them.
    @Override
    public String toString() {
        return "row of line " + line;
    }
}
