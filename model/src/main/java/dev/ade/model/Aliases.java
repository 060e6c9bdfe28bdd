package dev.ade.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The other names of columns, as a source declares them: what they are called outside, or were called before.
///
/// @param names a dataset's own name of a column, by another in lower case
public record Aliases(Map<String, String> names) {
    public static final Aliases NONE = new Aliases(Map.of());

    public Aliases {
        names = Map.copyOf(names);
    }

    static Aliases of(List<ColumnSpec> columns) {
        Map<String, String> names = new HashMap<>();
        columns.forEach(column ->
                column.aliases()
                        .forEach(
                                other -> names.put(other.toLowerCase(Locale.ROOT), column.name())));
        return new Aliases(names);
    }

    /// What the dataset calls a column that is called so outside, or was called so before.
    public String own(String name) {
        return names.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    /// The columns of a dataset under the names that they have by now; those that are one by now are the first of them.
    public Schema own(Schema schema) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            String own = own(column.name());
            columns.putIfAbsent(own.toLowerCase(Locale.ROOT), new Column(own, column.type()));
        }
        return new Schema(List.copyOf(columns.values()));
    }

    /// What a column of the dataset is called elsewhere, in lower case and in order.
    public Stream<String> others(String own) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equalsIgnoreCase(own))
                .map(Map.Entry::getKey)
                .sorted();
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }
}
