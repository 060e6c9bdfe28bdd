package dev.ade.cli.console;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Wording;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as an aligned table. Widths come from the first rows; those are held, the others go straight through.
public final class TableWriter implements RowWriter {
    /// Rows that are looked at before the first is printed.
    public static final int SAMPLE_ROWS = 500;

    private static final int CELL_WIDTH_MIN = 6;
    private static final int CELL_WIDTH_MAX = 60;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final Screen screen;
    private final List<List<@Nullable Object>> held = new ArrayList<>();
    private List<Column> columns = List.of();
    private int[] widths = {};
    private boolean flowing;

    public TableWriter(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    @Override
    public void begin(Schema schema) {
        columns = schema.columns();
    }

    @Override
    public void row(List<@Nullable Object> values) {
        if (flowing) {
            print(values);
            return;
        }
        held.add(values);
        if (held.size() == SAMPLE_ROWS) {
            flow();
        }
    }

    @Override
    public void end(long rows, Cut cut) {
        if (!flowing) {
            flow();
        }
        out.println(screen.dim(footer(rows, cut)));
        out.flush();
    }

    private static String footer(long rows, Cut cut) {
        String count = Wording.count(rows, "row");
        return switch (cut) {
            case WHOLE -> "(" + count + ")";
            case CUT -> "(the first " + count + "; the limit left out the others)";
        };
    }

    private void flow() {
        flowing = true;
        widths = widths();
        StringBuilder head = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String name = TextWidth.cut(oneLine(columns.get(i).name()), widths[i]);
            head.append(i == 0 ? "" : GAP).append(screen.bold(aligned(i, name)));
            rule.append(i == 0 ? "" : GAP).append("─".repeat(widths[i]));
        }
        out.println(head.toString().stripTrailing());
        out.println(screen.dim(rule.toString()));
        held.forEach(this::print);
        held.clear();
    }

    private void print(List<@Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Object value = values.get(i);
            String cell = TextWidth.cut(oneLine(Values.text(value)), widths[i]);
            String shown = aligned(i, cell);
            line.append(i == 0 ? "" : GAP).append(value == null ? screen.dim(shown) : shown);
        }
        out.println(line.toString().stripTrailing());
    }

    private String aligned(int column, String text) {
        return columns.get(column).type().isNumeric()
                ? TextWidth.right(text, widths[column])
                : TextWidth.left(text, widths[column]);
    }

    /// What each column wants, and where that is too much for the screen, the widest give way first.
    private int[] widths() {
        int[] wanted = new int[columns.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = TextWidth.of(oneLine(columns.get(i).name()));
            for (List<@Nullable Object> row : held) {
                wanted[i] = Math.max(wanted[i], TextWidth.of(oneLine(Values.text(row.get(i)))));
            }
            wanted[i] = Math.max(1, wanted[i]);
        }
        return fitted(wanted);
    }

    private int[] fitted(int[] widths) {
        int room = screen.width() - GAP.length() * (widths.length - 1);
        if (sum(widths) <= room) {
            return widths;
        }
        for (int limit = Math.max(CELL_WIDTH_MAX, room); limit >= CELL_WIDTH_MIN; limit--) {
            int[] tried = limited(widths, limit);
            if (sum(tried) <= room || limit == CELL_WIDTH_MIN) {
                return tried;
            }
        }
        return widths;
    }

    private int[] limited(int[] widths, int limit) {
        int[] limited = widths.clone();
        for (int i = 0; i < limited.length; i++) {
            // A number with its end cut off would be another number.
            boolean exact = columns.get(i).type().isNumeric();
            limited[i] = exact ? limited[i] : Math.min(limited[i], limit);
        }
        return limited;
    }

    private static long sum(int[] widths) {
        long sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    private static String oneLine(String text) {
        return Words.oneLine(text);
    }
}
