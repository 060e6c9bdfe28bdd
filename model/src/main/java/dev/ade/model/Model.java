package dev.ade.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// SQL that derives a dataset. Its text is compiled by `Compiler` when it is needed.
///
/// @param name the dataset it makes
/// @param kind how that is kept
/// @param definition hash of everything that the project says about how it is made: the text after Jinja
///     (normalised, in every situation it may be compiled for), the kind, the layout. Not of its inputs' data
/// @param inputs datasets its query reads; ephemeral models are already replaced by what they read
/// @param whole of these, the ones that it sees whole though their rows have an event time
/// @param eventTime the column that says when a row happened; always there for facts and days
/// @param columns declared columns
/// @param layout partitions and order of the stored files
/// @param tags for selection
/// @param file path relative to the project
/// @param description for the catalog
/// @param onChange what becomes of its history when its query changes; empty where the model does not say
public record Model(
        TableName name,
        Kind kind,
        Fingerprint definition,
        Set<TableName> inputs,
        Set<TableName> whole,
        Optional<String> eventTime,
        List<ColumnSpec> columns,
        Layout layout,
        Set<String> tags,
        String file,
        String description,
        Optional<OnChange> onChange) {
    public Model {
        inputs = Set.copyOf(inputs);
        whole = Set.copyOf(whole);
        columns = List.copyOf(columns);
        tags = Set.copyOf(tags);
        if (kind.intervalGrain().isPresent() && eventTime.isEmpty()) {
            throw AdeException.user(
                            "Cannot build %s: a %s is filled by event time, and no event_time is given"
                                    .formatted(name, kind.word()),
                            "Add event_time: <column> to its config")
                    .at(Location.of(file));
        }
    }

    /// The same model under another definition.
    public Model withDefinition(Fingerprint other) {
        return new Model(
                name,
                kind,
                other,
                inputs,
                whole,
                eventTime,
                columns,
                layout,
                tags,
                file,
                description,
                onChange);
    }
}
