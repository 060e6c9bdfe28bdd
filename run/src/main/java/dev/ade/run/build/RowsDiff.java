package dev.ade.run.build;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How two sets of rows differ, for people.
///
/// @param missing rows that were expected and did not come
/// @param extra rows that came and were not expected
record RowsDiff(
        List<String> columns,
        List<List<@Nullable Object>> missing,
        List<List<@Nullable Object>> extra) {
    private static final int ROWS_SHOWN_MAX = 20;
    private static final int WIDTH_MAX = 40;

    /// Rows may repeat; their order means nothing.
    static RowsDiff of(
            List<String> columns,
            List<List<@Nullable Object>> expected,
            List<List<@Nullable Object>> got) {
        List<List<@Nullable Object>> missing = new ArrayList<>(expected);
        List<List<@Nullable Object>> extra = new ArrayList<>();
        for (List<@Nullable Object> row : got) {
            if (!missing.remove(row)) {
                extra.add(row);
            }
        }
        return new RowsDiff(columns, missing, extra);
    }

    boolean isEmpty() {
        return missing.isEmpty() && extra.isEmpty();
    }

    long rows() {
        return (long) missing.size() + extra.size();
    }

    /// `-` rows were expected, `+` rows came instead.
    String text() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(line(" ", columns));
        missing.stream().limit(ROWS_SHOWN_MAX).forEach(row -> lines.add(line("-", row)));
        extra.stream().limit(ROWS_SHOWN_MAX).forEach(row -> lines.add(line("+", row)));
        int[] widths =
                IntStream.range(0, columns.size() + 1)
                        .map(i -> lines.stream().mapToInt(it -> it.get(i).length()).max().orElse(0))
                        .toArray();
        StringBuilder text = new StringBuilder(summary());
        for (List<String> line : lines) {
            text.append("\n   ");
            for (int i = 0; i < line.size(); i++) {
                text.append(' ').append(line.get(i)).repeat(" ", widths[i] - line.get(i).length());
            }
        }
        long hidden =
                Math.max(0L, missing.size() - ROWS_SHOWN_MAX)
                        + Math.max(0L, extra.size() - ROWS_SHOWN_MAX);
        return (hidden == 0 ? text : text.append("\n    … %,d more".formatted(hidden)))
                .toString()
                .replaceAll(" +\n", "\n")
                .stripTrailing();
    }

    private String summary() {
        return "%s expected (-) but did not come, %s not expected (+)"
                .formatted(count(missing.size()), count(extra.size()));
    }

    private static String count(int rows) {
        return rows == 1 ? "1 row was" : "%,d rows were".formatted(rows);
    }

    private static List<String> line(String mark, List<? extends @Nullable Object> values) {
        List<String> line = new ArrayList<>();
        line.add(mark);
        values.forEach(value -> line.add(brief(value == null ? "NULL" : value.toString())));
        return line;
    }

    private static String brief(String text) {
        String plain = text.replace('\n', ' ');
        return plain.length() <= WIDTH_MAX ? plain : plain.substring(0, WIDTH_MAX - 1) + "…";
    }
}
