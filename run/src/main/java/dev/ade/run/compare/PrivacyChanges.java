package dev.ade.run.compare;

import dev.ade.model.ColumnSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Declaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a source's columns are declared to be treated by, beside what they were. A load says it before it does it: it
/// is the one change that nobody may miss.
public final class PrivacyChanges {
    private PrivacyChanges() {}

    /// A sentence a column.
    ///
    /// @param before as it was published
    public static List<String> of(SourceTable source, Declaration before) {
        Map<String, String> now = new HashMap<>();
        source.columns().forEach(column -> put(now, column));
        Map<String, String> was = was(source, before);
        TreeSet<String> keys = new TreeSet<>(now.keySet());
        keys.addAll(was.keySet());
        return keys.stream()
                .filter(key ->
                        !Optional.ofNullable(now.get(key))
                                .equals(Optional.ofNullable(was.get(key))))
                .map(key ->
                        "privacy of %s.%s changes: %s → %s"
                                .formatted(
                                        source.name(),
                                        key.substring(Fact.PRIVACY.length()),
                                        was.getOrDefault(key, "not declared"),
                                        now.getOrDefault(key, "not declared")))
                .toList();
    }

    /// By the names that columns have now.
    private static Map<String, String> was(SourceTable source, Declaration before) {
        Map<String, String> was = new HashMap<>(before.facts());
        was.keySet().removeIf(key -> !key.startsWith(Fact.PRIVACY));
        for (ColumnSpec column : source.columns()) {
            for (String alias : column.aliases()) {
                String earlier = was.remove(Fact.PRIVACY + alias);
                if (earlier != null) {
                    was.putIfAbsent(Fact.PRIVACY + column.name(), earlier);
                }
            }
        }
        return was;
    }

    static void put(Map<String, String> facts, ColumnSpec column) {
        column.privacy()
                .ifPresent(privacy -> facts.put(Fact.PRIVACY + column.name(), Fact.text(privacy)));
    }
}
