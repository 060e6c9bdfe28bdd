package dev.ade.spi;

import dev.ade.model.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of a query, streamed.
///
/// Values: null, Boolean, Integer, Long, Float, Double, BigDecimal, String, byte[], java.util.UUID, LocalDate,
/// LocalTime, LocalDateTime (timestamp), Instant (timestamptz), List, and Map for structs and maps.
public interface Cursor extends AutoCloseable {
    Schema schema();

    /// The next row, or null after the last.
    @Nullable List<@Nullable Object> next();

    /// True once rows were left out because of a limit.
    boolean isCut();

    @Override
    void close();

    /// All rows at once, for results known to be small; fails above `rowsMax`.
    default List<List<@Nullable Object>> all(int rowsMax) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row = next(); row != null; row = next()) {
            if (rows.size() == rowsMax) {
                throw new IllegalStateException("more than " + rowsMax + " rows");
            }
            rows.add(row);
        }
        return rows;
    }
}
