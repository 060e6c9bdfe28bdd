package dev.ade.model;

/// A named, typed column. Every stored column may hold NULL; `not_null` is a contract that is checked.
///
/// @param name as written; compared without case
/// @param type its type
public record Column(String name, Type type) {
    public Column {
        if (name.isEmpty() || name.length() > 256) {
            throw AdeException.user(
                    "Cannot use column name '%s': it has %d characters"
                            .formatted(name, name.length()),
                    "Use 1 to 256 characters");
        }
    }
}
