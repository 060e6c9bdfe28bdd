package dev.ade.duck;

import dev.ade.model.Field;
import dev.ade.spi.ColumnValues;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;

/// Takes the values out of chunks, into arrays of its own. Used by one thread at a time.
final class ChunkReader {
    private final List<VectorReader> columns;

    ChunkReader(List<Field> fields) {
        this.columns = fields.stream().map(field -> new VectorReader(field.type())).toList();
    }

    /// @param chunk whose first vector is no column
    void read(DuckDBDataChunkReader chunk) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).read(chunk.vector(i + 1), (int) chunk.rowCount());
        }
    }

    List<ColumnValues> columns() {
        return List.copyOf(columns);
    }
}
