package dev.ade.ingest;

import dev.ade.spi.RawRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A row of a CSV file.
record CsvRow(long line, List<String> columns, CsvFields fields) implements RawRow {
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

    /// Values are nobody's business but those who asked for them.
    @Override
    public String toString() {
        return "row of line " + line;
    }
}
