package dev.ade.cli;

import java.util.ArrayList;
import java.util.List;

/// Cuts text into SQL statements at semicolons that are outside of quotes and comments.
///
/// @param complete statements that ended with a semicolon, without it
/// @param rest what comes after the last semicolon; blank where nothing does
record Statements(List<String> complete, String rest) {
    Statements {
        complete = List.copyOf(complete);
    }

    /// All of them, with the last one whether it ended or not.
    List<String> all() {
        List<String> all = new ArrayList<>(complete);
        if (!isBlank(rest)) {
            all.add(rest.strip());
        }
        return all;
    }

    static Statements of(String text) {
        List<String> complete = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == ';') {
                String statement = text.substring(start, i).strip();
                if (!isBlank(statement)) {
                    complete.add(statement);
                }
                start = ++i;
            } else {
                i = after(text, i);
            }
        }
        return new Statements(complete, text.substring(start));
    }

    /// True where there is nothing but space and comments.
    static boolean isBlank(String text) {
        int i = 0;
        while (i < text.length()) {
            boolean comment = text.startsWith("--", i) || text.startsWith("/*", i);
            if (!comment && !Character.isWhitespace(text.charAt(i))) {
                return false;
            }
            i = comment ? after(text, i) : i + 1;
        }
        return true;
    }

    /// Where the token that starts at `i` ends, as far as semicolons matter.
    private static int after(String text, int i) {
        char c = text.charAt(i);
        if (c == '\'' || c == '"') {
            return closed(text, String.valueOf(c), i + 1);
        }
        if (text.startsWith("--", i)) {
            return closed(text, "\n", i + 2);
        }
        if (text.startsWith("/*", i)) {
            return closed(text, "*/", i + 2);
        }
        return c == '$' ? afterDollar(text, i) : i + 1;
    }

    private static int afterDollar(String text, int i) {
        int end = i + 1;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        boolean tag = end < text.length() && text.charAt(end) == '$';
        boolean parameter = end > i + 1 && Character.isDigit(text.charAt(i + 1));
        return tag && !parameter ? closed(text, text.substring(i, end + 1), end + 1) : i + 1;
    }

    private static int closed(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? text.length() : at + mark.length();
    }
}
