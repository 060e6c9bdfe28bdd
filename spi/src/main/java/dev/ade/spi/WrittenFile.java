package dev.ade.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Parquet file that an engine wrote: enough for a table to take it in without opening it.
///
/// @param path absolute path
/// @param rows rows in it
/// @param bytes its size
/// @param partition one value for each partition of the layout, in order: Integer for time transforms
///     (hours, days, months or years since 1970) and buckets, else the value; null for NULL
/// @param columns statistics by field id, nested fields too where the engine has them
public record WrittenFile(
        String path,
        long rows,
        long bytes,
        List<@Nullable Object> partition,
        Map<Integer, ColumnStats> columns) {
    public WrittenFile {
        columns = Map.copyOf(columns);
    }

    /// Bounds may be absent (nested types, long text, NaN); they never are wrong: each value lies within.
    ///
    /// @param bytes compressed size of the column, 0 if unknown
    /// @param values number of values, NULLs too
    /// @param nulls number of NULLs
    /// @param min smallest value as one of Boolean, Integer, Long, Float, Double, BigDecimal, String,
    ///     LocalDate, LocalTime, LocalDateTime, Instant, java.util.UUID
    /// @param max largest value
    public record ColumnStats(
            long bytes, long values, long nulls, @Nullable Object min, @Nullable Object max) {}
}
