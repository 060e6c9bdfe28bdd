package dev.ade.model;

import java.util.List;
import java.util.Optional;

/// The columns of a relation, in order; no two share a name without case.
public record Schema(List<Column> columns) {
    public Schema {
        columns = List.copyOf(columns);
        Homonyms.among(columns.stream().map(Column::name).toList())
                .ifPresent(homonyms -> {
                    throw AdeException.user(
                            "Cannot use two columns named '%s'".formatted(homonyms.second()),
                            "Give one of them another name with AS");
                });
    }

    public static Schema of(Column... columns) {
        return new Schema(List.of(columns));
    }

    public Optional<Column> find(String name) {
        return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
