package dev.ade.spi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known about the values of a dataset, or of one interval of it. Profiles of disjoint parts merge.
public record Profile(long rows, List<ColumnProfile> columns) {
    public Profile {
        columns = List.copyOf(columns);
    }

    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
    }

    /// @param type SQL name
    /// @param distinct estimate (HyperLogLog), standard error about 3.3%; exact where few values were all seen
    /// @param min smallest value as text; of texts the first in order, cut at 64 characters; null where there is none
    /// @param max largest
    /// @param mean and `deviation` (population) of numbers; of temporals mean is in seconds since 1970
    /// @param quantiles at 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 (KLL, rank error about 2.1%)
    /// @param frequent most frequent values with estimated counts, most frequent first
    /// @param lengths of texts: smallest, mean, largest; empty for others
    /// @param histogram counts in equal buckets from min to max of numbers and temporals
    /// @param sketch mergeable state of all of the above, versioned bytes
    @SuppressWarnings("ArrayRecordComponent") // opaque bytes, never compared
    public record ColumnProfile(
            String name,
            String type,
            long values,
            long nulls,
            double distinct,
            @Nullable String min,
            @Nullable String max,
            @Nullable Double mean,
            @Nullable Double deviation,
            List<Double> quantiles,
            List<Frequent> frequent,
            List<Double> lengths,
            List<Long> histogram,
            byte[] sketch) {}

    public record Frequent(String value, long count) {}
}
