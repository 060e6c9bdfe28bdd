package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/// What stands in cells. A number is a date or a time where its cell is shown as one; else it has the 15 digits that
/// Excel calculates with, so that 0.1 + 0.2 is 0.3. An error such as `#N/A` is its text.
final class XlsxCells {
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final BigDecimal MILLIS_A_DAY = BigDecimal.valueOf(86_400_000);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /// Days are counted from here; 1900 has a 29th of February in Excel.
    private static final LocalDateTime EPOCH_1900 = LocalDateTime.of(1899, 12, 30, 0, 0);

    private static final LocalDateTime EPOCH_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
    private static final int FALSE_DAY = 60;

    private final boolean isFrom1904;
    private final Map<String, Shown> formats = new HashMap<>();

    /// What a cell's format shows a number as.
    private enum Shown {
        NUMBER,
        DAY,
        TIME,
        DAY_AND_TIME
    }

    XlsxCells(ReadableWorkbook book) {
        this.isFrom1904 = book.isDate1904();
    }

    boolean isFilled(Row row, XlsxRange range) {
        int last = Math.min(range.lastColumn(), row.getCellCount() - 1);
        for (int i = range.firstColumn(); i <= last; i++) {
            if (!text(row, i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// Of a name; empty where there is nothing.
    String text(Row row, int column) {
        Cell cell = cell(row, column);
        Object value = cell == null ? null : cell.getValue();
        return value == null ? "" : unescaped(value.toString()).strip();
    }

    /// A character that XML cannot hold is `_x000B_` in a workbook, and what only looks so begins with `_x005F_`.
    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(found -> {
                    char meant = (char) Integer.parseInt(found.group(1), 16);
                    boolean isText = meant != 0 && !Character.isSurrogate(meant);
                    return Matcher.quoteReplacement(isText ? String.valueOf(meant) : found.group());
                });
    }

    private static @Nullable Cell cell(Row row, int column) {
        return column < row.getCellCount() ? row.getCell(column) : null;
    }

    void write(Row row, int column, JsonGenerator json) throws IOException {
        Cell cell = cell(row, column);
        switch (cell == null ? null : cell.getValue()) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case BigDecimal number -> write(number, shown(cell), json);
            case Object other -> writeText(unescaped(other.toString()), json);
        }
    }

    private static void writeText(String text, JsonGenerator json) throws IOException {
        if (text.isEmpty()) {
            json.writeNull();
        } else {
            json.writeString(text);
        }
    }

    private void write(BigDecimal number, Shown shown, JsonGenerator json) throws IOException {
        switch (shown) {
            case NUMBER ->
                    json.writeNumber(number.round(DIGITS).stripTrailingZeros().toPlainString());
            case DAY, TIME, DAY_AND_TIME -> json.writeString(temporal(number, shown));
        }
    }

    private String temporal(BigDecimal number, Shown shown) {
        long days = number.setScale(0, RoundingMode.FLOOR).longValue();
        long millis =
                number.subtract(BigDecimal.valueOf(days))
                        .multiply(MILLIS_A_DAY)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue();
        LocalDateTime time = epoch(days).plusDays(days).plusNanos(millis * 1_000_000);
        if (shown == Shown.TIME && days == 0) {
            return time.toLocalTime().toString();
        }
        return shown == Shown.DAY && millis == 0
                ? time.toLocalDate().toString()
                : DAY_AND_TIME.format(time);
    }

    private LocalDateTime epoch(long days) {
        if (isFrom1904) {
            return EPOCH_1904;
        }
        return days < FALSE_DAY ? EPOCH_1900.plusDays(1) : EPOCH_1900;
    }

    private Shown shown(@Nullable Cell cell) {
        String format = cell == null ? null : cell.getDataFormatString();
        return format == null ? Shown.NUMBER : formats.computeIfAbsent(format, XlsxCells::shown);
    }

    /// What stands in quotes or behind a backslash is shown as it is, and brackets hold colours, countries and
    /// conditions; `[h]` counts hours on and on, and is a number.
    private static Shown shown(String format) {
        String plain =
                format.toLowerCase(Locale.ROOT)
                        .split(";", -1)[0]
                        .replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.", "");
        if (plain.matches(".*\\[(h+|m+|s+)].*") || plain.contains("general")) {
            return Shown.NUMBER;
        }
        String codes = plain.replaceAll("\\[[^]]*]", "").replace("am/pm", "h").replace("a/p", "h");
        boolean hasTime = codes.contains("h") || codes.contains("s");
        boolean hasDay =
                codes.contains("y") || codes.contains("d") || (codes.contains("m") && !hasTime);
        if (hasDay) {
            return hasTime ? Shown.DAY_AND_TIME : Shown.DAY;
        }
        return hasTime ? Shown.TIME : Shown.NUMBER;
    }
}
