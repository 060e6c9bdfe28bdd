package dev.ade.ingest.format;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Names of columns.
final class Names {
    private Names() {}

    /// Names that differ only in case cannot be told apart in SQL.
    static void requireDistinct(List<String> names) {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new Converter.NotReadable(
                        "columns '%s' and '%s' have one name".formatted(other, name),
                        "Give the columns names of their own in load: {options: {names: [a, b, …]}}");
            }
        }
    }
}
