package dev.ade.project;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Names that somebody may have meant.
final class Near {
    private Near() {}

    /// Whether a name could be a misspelling of the other: about one letter in four differs at most.
    static boolean is(String name, String wanted) {
        return distance(name, wanted) <= Math.max(1, wanted.length() / 4);
    }

    /// The nearest of some names, where one is near.
    static Optional<String> of(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> is(name, wanted))
                .min(
                        Comparator.comparingInt((String name) -> distance(name, wanted))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Levenshtein's distance, over names of at most 128 characters.
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
