package dev.ade.run.forget;

import dev.ade.run.lineage.ColumnId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What logs may quote of people, by the column it is of.
///
/// @param whole values as they are
/// @param parts what is theirs wherever a value of the column contains it
/// @param words what may be theirs where a value of the column contains it between others
record Quotations(
        Map<ColumnId, Set<String>> whole,
        Map<ColumnId, Set<String>> parts,
        Map<ColumnId, Set<String>> words) {
    Quotations() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    boolean isEmpty() {
        return whole.isEmpty() && parts.isEmpty() && words.isEmpty();
    }

    void addWhole(ColumnId column, Set<String> values) {
        add(whole, column, values);
    }

    void addWords(ColumnId column, Set<String> values) {
        add(words, column, values);
    }

    /// What is looked for in a table or view.
    void add(Target target) {
        for (Sought sought : target.sought()) {
            ColumnId column = new ColumnId(target.dataset(), sought.column());
            switch (sought) {
                case Sought.Values(_, Set<String> values) -> add(whole, column, values);
                case Sought.Inside(_, Set<String> values, _) -> add(parts, column, values);
                case Sought.Quoted _, Sought.Before _ -> {}
            }
        }
    }

    void add(Quotations others) {
        others.whole.forEach((column, values) -> add(whole, column, values));
        others.parts.forEach((column, values) -> add(parts, column, values));
        others.words.forEach((column, values) -> add(words, column, values));
    }

    private static void add(Map<ColumnId, Set<String>> all, ColumnId column, Set<String> values) {
        if (!values.isEmpty()) {
            all.computeIfAbsent(column, _ -> new TreeSet<>()).addAll(values);
        }
    }
}
