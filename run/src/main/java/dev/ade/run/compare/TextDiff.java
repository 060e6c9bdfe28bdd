package dev.ade.run.compare;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/// The unified difference of two lists of queries.
final class TextDiff {
    private static final int CONTEXT_LINES = 3;
    private static final int HEADER_LINES = 2;

    private TextDiff() {}

    /// Lines that start with `@@`, `-`, `+` or a blank. Queries are compared by position.
    static List<String> of(List<String> before, List<String> after) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            lines.addAll(hunks(text(before, i), text(after, i)));
        }
        return lines;
    }

    private static String text(List<String> texts, int i) {
        return i < texts.size() ? texts.get(i) : "";
    }

    private static List<String> hunks(String before, String after) {
        List<String> from = before.isEmpty() ? List.of() : before.lines().toList();
        List<String> to = after.isEmpty() ? List.of() : after.lines().toList();
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(
                        "published", "project", from, DiffUtils.diff(from, to), CONTEXT_LINES);
        return diff.isEmpty() ? diff : diff.subList(HEADER_LINES, diff.size());
    }
}
