package dev.ade.model;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Two columns whose names cannot be told apart in SQL: they are the same, or differ only in case.
///
/// @param first as written, the one that comes first
public record Homonyms(String first, String second) {
    /// The first two that there are.
    public static Optional<Homonyms> among(List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                return Optional.of(new Homonyms(other, name));
            }
        }
        return Optional.empty();
    }

    /// As in "columns 'id' and 'ID', which have one name".
    @Override
    public String toString() {
        return "columns '%s' and '%s'".formatted(first, second);
    }
}
