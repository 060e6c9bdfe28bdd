package dev.ade.ingest.format;

import dev.ade.model.AdeException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A rectangle of cells.
///
/// @param firstColumn from 0
/// @param lastColumn from 0, with it
/// @param firstRow from 1
/// @param lastRow from 1, with it
public record XlsxRange(int firstColumn, int lastColumn, int firstRow, int lastRow) {
    public static final XlsxRange ALL = new XlsxRange(0, 16_383, 1, 1_048_576);

    private static final Pattern TEXT =
            Pattern.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})?");

    public XlsxRange {
        if (firstColumn < 0 || lastColumn < firstColumn || firstRow < 1 || lastRow < firstRow) {
            throw AdeException.user(
                    "Cannot use a range of cells: it ends before it begins", "Correct range");
        }
    }

    /// Such as `B3:F100`, or `B3:F` for all rows from the third on.
    public static XlsxRange parse(String text) {
        Matcher parts = TEXT.matcher(text.strip().replace("$", "").toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            throw AdeException.user(
                    "Cannot use the range '%s': it is none".formatted(text),
                    "Use one such as B3:F100, or B3:F for all rows from the third on");
        }
        String last = parts.group(4);
        return new XlsxRange(
                column(parts.group(1)),
                column(parts.group(3)),
                Integer.parseInt(parts.group(2)),
                last == null ? ALL.lastRow : Integer.parseInt(last));
    }

    private static int column(String letters) {
        int number = 0;
        for (int i = 0; i < letters.length(); i++) {
            number = number * 26 + (letters.charAt(i) - 'A' + 1);
        }
        return number - 1;
    }

    /// The letters of a column.
    static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    boolean hasRow(int row) {
        return row >= firstRow && row <= lastRow;
    }
}
