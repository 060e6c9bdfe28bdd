package dev.ade.cli.console;

import org.jline.utils.WCWidth;

/// Columns that text takes on a terminal: an East Asian character or an emoji takes two, an accent none.
public final class TextWidth {
    private static final String ELLIPSIS = "…";

    private TextWidth() {}

    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            width += of(point);
            i += Character.charCount(point);
        }
        return width;
    }

    /// `text` in at most `width` columns; where it is longer, its end becomes an ellipsis.
    public static String cut(String text, int width) {
        if ((text.length() <= width && isPlain(text)) || of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (used + of(point) > width - 1) {
                break;
            }
            used += of(point);
            kept.appendCodePoint(point);
            i += Character.charCount(point);
        }
        return width < 1 ? "" : kept.append(ELLIPSIS).toString();
    }

    /// `text` and as many spaces as it takes to fill `width`.
    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /// As many spaces as it takes to fill `width`, and `text`.
    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static int of(int point) {
        return point >= ' ' && point < 127 ? 1 : Math.max(0, WCWidth.wcwidth(point));
    }
}
