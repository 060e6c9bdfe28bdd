package dev.ade.cli.console;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows as a Markdown table.
public final class MarkdownWriter implements RowWriter {
    private final PrintStream out;

    public MarkdownWriter(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(Schema schema) {
        line(schema.names());
        line(schema.columns().stream().map(MarkdownWriter::rule).toList());
    }

    private static String rule(Column column) {
        return column.type().isNumeric() ? "--:" : "---";
    }

    @Override
    public void row(List<@Nullable Object> values) {
        line(values.stream().map(value -> value == null ? "" : Values.text(value)).toList());
    }

    @Override
    public void end(long rows, Cut cut) {
        out.flush();
    }

    private void line(List<String> cells) {
        out.append(
                        cells.stream()
                                .map(cell -> Words.oneLine(cell).replace("|", "\\|"))
                                .collect(Collectors.joining(" | ", "| ", " |")))
                .append('\n');
    }
}
