package dev.ade.run.openlineage;

import java.util.List;

/// What a run measured of a dataset.
public record Metrics(long rows, List<OfColumn> columns) {
    public Metrics {
        columns = List.copyOf(columns);
    }

    /// @param distinct an estimate
    public record OfColumn(String name, long nulls, long distinct) {}
}
