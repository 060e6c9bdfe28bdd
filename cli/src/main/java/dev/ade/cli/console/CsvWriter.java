package dev.ade.cli.console;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as CSV (RFC 4180) with a header. NULL is empty; an empty text is quoted, so that both come back.
public final class CsvWriter implements RowWriter {
    private final PrintStream out;
    private final StringBuilder line = new StringBuilder();

    public CsvWriter(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(Schema schema) {
        row(List.copyOf(schema.columns().stream().map(Column::name).toList()));
    }

    @Override
    public void row(List<@Nullable Object> values) {
        line.setLength(0);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            Object value = values.get(i);
            if (value != null) {
                append(Values.text(value));
            }
        }
        out.append(line).append('\n');
    }

    @Override
    public void end(long rows, Cut cut) {
        out.flush();
    }

    private void append(String text) {
        if (text.isEmpty() || text.chars().anyMatch(CsvWriter::isSpecial)) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }

    private static boolean isSpecial(int c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }
}
