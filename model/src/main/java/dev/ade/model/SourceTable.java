package dev.ade.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Outside data that lands in a dataset of its own name.
///
/// @param name the dataset it lands in
/// @param origin what kind of project resource it is
/// @param load where it comes from and how
/// @param columns declared columns; others are inferred
/// @param undeclared what happens to personal columns nobody declared
/// @param drift what happens when the outside changes its shape
/// @param eventTime the column that says when a row happened; what reads this dataset by interval relies on it
/// @param layout partitions and order of the stored files
/// @param freshness how old it may become, if declared
/// @param description for the catalog
/// @param tags for selection
/// @param location where it is declared
public record SourceTable(
        TableName name,
        Origin origin,
        LoadSpec load,
        List<ColumnSpec> columns,
        PrivacyPolicy undeclared,
        DriftPolicy drift,
        Optional<String> eventTime,
        Layout layout,
        Optional<Freshness> freshness,
        String description,
        Set<String> tags,
        Location location) {
    public SourceTable {
        columns = List.copyOf(columns);
        tags = Set.copyOf(tags);
    }

    public enum Origin {
        SOURCE,
        /// A CSV file of the project itself.
        SEED
    }

    /// The same, loaded otherwise.
    public SourceTable with(LoadSpec other) {
        return new SourceTable(
                name,
                origin,
                other,
                columns,
                undeclared,
                drift,
                eventTime,
                layout,
                freshness,
                description,
                tags,
                location);
    }

    /// The same, its key under the names that the dataset has for its columns.
    public SourceTable withOwnKey() {
        return with(load.keyedBy(load.key().stream().map(aliases()::own).toList()));
    }

    public Aliases aliases() {
        return Aliases.of(columns);
    }

    public Optional<ColumnSpec> column(String column) {
        return columns.stream().filter(spec -> spec.name().equalsIgnoreCase(column)).findFirst();
    }
}
