package dev.ade.ingest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Names that somebody may have meant.
final class Spelling {
    private Spelling() {}

    /// The nearest of some names, where about one letter in three differs at most.
    static Optional<String> nearest(String wanted, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(lower(name), lower(wanted)) <= (wanted.length() + 2) / 3)
                .min(
                        Comparator.comparingInt(
                                        (String name) -> distance(lower(name), lower(wanted)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Letters that were left out, added, replaced or swapped with the next: Damerau's, in its restricted form.
    static int distance(String one, String other) {
        int[][] rows = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, one, i, other, j);
            }
        }
        return rows[one.length()][other.length()];
    }

    private static int step(int[][] rows, String one, int i, String other, int j) {
        char a = one.charAt(i - 1);
        char b = other.charAt(j - 1);
        int replaced = rows[i - 1][j - 1] + (a == b ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean isSwapped = i > 1 && j > 1 && a == other.charAt(j - 2) && b == one.charAt(i - 2);
        return isSwapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
