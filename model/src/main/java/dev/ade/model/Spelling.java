package dev.ade.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.ToIntBiFunction;

/// Names that somebody may have meant.
public final class Spelling {
    private Spelling() {}

    /// The nearest of some names; of two that are as near, the first in order.
    ///
    /// @param most that it may be away
    public static Optional<String> nearest(
            String wanted,
            Collection<String> names,
            ToIntBiFunction<String, String> distance,
            int most) {
        return names.stream()
                .filter(name -> distance.applyAsInt(name, wanted) <= most)
                .min(
                        Comparator.comparingInt((String name) -> distance.applyAsInt(name, wanted))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Letters that were left out, added or replaced: Levenshtein's distance.
    public static int distance(String one, String other) {
        return distance(one, other, 2);
    }

    /// The same, where two letters that changed places are one slip: Damerau's distance, in its restricted form.
    public static int slips(String one, String other) {
        return distance(one, other, 1);
    }

    /// @param swap what it costs that two letters changed places; 2 is what replacing both costs
    private static int distance(String one, String other, int swap) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, one, i, other, j, swap);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int step(int[][] rows, String one, int i, String other, int j, int swap) {
        char a = one.charAt(i - 1);
        char b = other.charAt(j - 1);
        int replaced = rows[i - 1][j - 1] + (a == b ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean isSwapped = i > 1 && j > 1 && a == other.charAt(j - 2) && b == one.charAt(i - 2);
        return isSwapped ? Math.min(least, rows[i - 2][j - 2] + swap) : least;
    }
}
