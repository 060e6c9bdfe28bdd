package dev.ade.project.table;

import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rows as text for people.
final class TextTable {
    private static final int ROWS_MAX = 20;
    private static final int WIDTH_MAX = 40;

    private TextTable() {}

    /// Columns with bars between them, the first rows of many.
    static String of(List<String> names, List<List<Object>> rows) {
        List<List<String>> lines =
                Stream.concat(
                                Stream.of(names),
                                rows.stream()
                                        .limit(ROWS_MAX)
                                        .map(row -> row.stream().map(TextTable::cut).toList()))
                        .toList();
        int[] widths =
                IntStream.range(0, names.size())
                        .map(i ->
                                lines.stream()
                                        .mapToInt(line -> line.get(i).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        String rule =
                IntStream.of(widths)
                        .mapToObj("-"::repeat)
                        .collect(Collectors.joining(" | ", "| ", " |"));
        StringBuilder text =
                new StringBuilder(line(lines.getFirst(), widths)).append('\n').append(rule);
        lines.stream().skip(1).forEach(line -> text.append('\n').append(line(line, widths)));
        if (rows.size() > ROWS_MAX) {
            text.append("\n... ").append(rows.size() - ROWS_MAX).append(" more rows");
        }
        return text.append('\n').toString();
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cut(Object value) {
        String text = value == None.NONE ? "" : Python.text(value).replace('\n', ' ');
        return text.length() <= WIDTH_MAX ? text : text.substring(0, WIDTH_MAX - 3) + "...";
    }

    static String csv(List<String> names, List<List<Object>> rows) {
        return Stream.concat(Stream.of(names), rows.stream())
                .map(row ->
                        row.stream()
                                .map(value -> quoted(value == None.NONE ? "" : Python.text(value)))
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") || text.contains("\n")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    /// The value as JSON knows one.
    static Object plain(Object value) {
        return switch (value) {
            case None _, Boolean _, Long _, Double _, String _, Tuple _, List<?> _, Map<?, ?> _ ->
                    value;
            case java.math.BigDecimal number -> number.doubleValue();
            default -> Python.text(value);
        };
    }
}
