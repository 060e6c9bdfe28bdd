package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.spi.Correction;
import dev.ade.spi.RawRow;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// A row of a CSV file.
///
/// @param origin the file
/// @param lines physical lines that it has in the file
/// @param charset of what is read for the file
record CsvRow(
        String origin,
        long line,
        long lines,
        List<String> columns,
        CsvFields fields,
        Charset charset)
        implements RawRow {
    CsvRow {
        columns = List.copyOf(columns);
    }

    @Override
    public SequencedMap<String, String> values() {
        SequencedMap<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
            values.put(columns.get(i), fields.text(i));
        }
        return values;
    }

    @Override
    public String surplus() {
        return fields.from(columns.size());
    }

    /// What is as it was stays as it is written.
    @Override
    public Optional<Correction> with(Map<String, String> values) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String value = Objects.requireNonNull(values.get(columns.get(i)));
            boolean isSame = i < fields.size() && fields.text(i).equals(value);
            written.add(isSame ? fields.written().get(i) : written(columns.get(i), value));
        }
        if (written.equals(fields.written())) {
            return Optional.empty();
        }
        for (int i = 0; i < columns.size(); i++) {
            if (written.get(i).indexOf(RawRows.UNREADABLE) >= 0) {
                throw unwritable(columns.get(i), "a character of it could not be read");
            }
        }
        String text = String.join(fields.dialect().delimiter(), written);
        return Optional.of(new Correction(line, lines, text));
    }

    private String written(String column, String value) {
        if (!charset.newEncoder().canEncode(value)) {
            throw unwritable(column, "it has characters that " + charset + " does not know");
        }
        return fields.dialect()
                .written(value)
                .orElseThrow(() ->
                        unwritable(
                                column, "it would have to be quoted, and the file has no quotes"));
    }

    private AdeException unwritable(String column, String reason) {
        return AdeException.user(
                "Cannot write column '%s' of %s:%d: %s".formatted(column, origin, line, reason),
                "Give it another value, or correct the file itself");
    }

    /// Values are nobody's business but those who asked for them.
    @Override
    public String toString() {
        return "row of line " + line;
    }
}
