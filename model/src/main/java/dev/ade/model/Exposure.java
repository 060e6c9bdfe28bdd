package dev.ade.model;

import java.util.Optional;
import java.util.Set;

/// Something outside of the project that reads its datasets: a dashboard, a notebook, an application.
///
/// @param label for people; the name where none is given
/// @param type `dashboard`, `notebook`, `analysis`, `ml` or `application`
/// @param owner who answers for it, by name
/// @param inputs datasets that it reads
public record Exposure(
        String name,
        String label,
        String type,
        Optional<String> url,
        Optional<String> owner,
        Set<TableName> inputs,
        Set<String> tags,
        String description,
        Location location) {
    public Exposure {
        inputs = Set.copyOf(inputs);
        tags = Set.copyOf(tags);
    }
}
