package dev.ade.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A small table of text that is all there before it is printed. Cells may be painted.
public final class Grid {
    private static final String GAP = "  ";
    private static final int CELL_WIDTH_MIN = 8;
    private static final int PROSE_WIDTH = 24;

    private final Screen screen;
    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> right = new HashSet<>();
    private boolean open;

    public Grid(Screen screen, List<String> head) {
        this.screen = screen;
        this.head = List.copyOf(head);
    }

    /// Numbers stand at the right.
    public Grid right(int column) {
        right.add(column);
        return this;
    }

    /// The last column is prose: it is never cut, and wraps where the screen ends.
    public Grid openEnd() {
        open = true;
        return this;
    }

    public Grid row(List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException(
                    "%d cells for %d columns".formatted(cells.size(), head.size()));
        }
        rows.add(cells.stream().map(Grid::safe).toList());
        return this;
    }

    public void print(PrintStream out) {
        boolean[] used = used();
        int[] widths = widths(used);
        out.println(screen.dim(line(head, widths, used)));
        rows.forEach(row -> out.println(line(row, widths, used)));
    }

    /// A column with nothing in it is not worth its place.
    private boolean[] used() {
        boolean[] used = new boolean[head.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < used.length; i++) {
                used[i] |= !row.get(i).isEmpty();
            }
        }
        return used;
    }

    private int[] widths(boolean[] used) {
        int[] widths = new int[head.size()];
        int total = 0;
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream().mapToInt(row -> visible(row.get(column))).max().orElse(0);
            widths[i] = used[i] ? Math.max(widths[i], TextWidth.of(head.get(i))) : 0;
            total += used[i] ? widths[i] + GAP.length() : 0;
        }
        if (open) {
            // Its text does not count, but some of the line is left to it.
            int last = widths.length - 1;
            int prose = Math.min(widths[last], PROSE_WIDTH);
            int[] others = Arrays.copyOf(widths, last);
            shrink(others, total - widths[last] + prose - GAP.length() - screen.width());
            System.arraycopy(others, 0, widths, 0, last);
            return widths;
        }
        shrink(widths, total - GAP.length() - screen.width());
        return widths;
    }

    /// The widest columns give way first, and none below what can still be read.
    private static void shrink(int[] widths, int excess) {
        for (int left = excess; left > 0; left--) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= CELL_WIDTH_MIN) {
                return;
            }
            widths[widest]--;
        }
    }

    private String line(List<String> cells, int[] widths, boolean[] used) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (used[i]) {
                parts.add(cell(cells.get(i), widths[i], right.contains(i)));
            }
        }
        return String.join(GAP, parts).stripTrailing();
    }

    private static String cell(String text, int width, boolean atRight) {
        String cut = isPainted(text) ? text : TextWidth.cut(text, width);
        String space = " ".repeat(Math.max(0, width - visible(cut)));
        return atRight ? space + cut : cut + space;
    }

    private static int visible(String text) {
        return TextWidth.of(isPainted(text) ? unpainted(text) : text);
    }

    private static boolean isPainted(String text) {
        return text.indexOf('\u001b') >= 0;
    }

    private static String unpainted(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    /// Everything but the colours of `Screen` that could move the cursor is shown as what it is.
    private static String safe(String text) {
        return unpainted(text).chars().anyMatch(Character::isISOControl)
                ? Words.oneLine(text)
                : text;
    }
}
