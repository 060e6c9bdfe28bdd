package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.List;

/// CSV quoted as RFC 4180 says: a quote opens where a value begins, any other is part of it.
record CsvText(String text, char delimiter) {
    private static final char QUOTE = '"';

    /// @param at line that it begins on, from 1
    record Line(long at, List<String> cells) {
        Line {
            cells = List.copyOf(cells);
        }

        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }

        /// Without values.
        @Override
        public String toString() {
            return "line " + at;
        }
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        long at = 1;
        long begin = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            at += c == '\n' ? 1 : 0;
            if (c == QUOTE && (isQuoted || cell.isEmpty())) {
                boolean isDoubled =
                        isQuoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE;
                if (isDoubled) {
                    cell.append(c);
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (isQuoted) {
                cell.append(c);
            } else if (c == delimiter) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                end(lines, begin, cells, cell);
                begin = at;
            } else if (c != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                cell.append(c);
            }
        }
        if (isQuoted) {
            throw AdeException.user(
                    "Cannot read corrections: a quote of line %d is not closed".formatted(begin),
                    "Close it, or write two for one that is part of the value");
        }
        if (!cells.isEmpty() || !cell.isEmpty()) {
            end(lines, begin, cells, cell);
        }
        return lines;
    }

    /// Without values.
    @Override
    public String toString() {
        return "CsvText of " + text.length() + " characters";
    }

    private static void end(List<Line> lines, long begin, List<String> cells, StringBuilder cell) {
        cells.add(cell.toString());
        lines.add(new Line(begin, cells));
        cells.clear();
        cell.setLength(0);
    }
}
