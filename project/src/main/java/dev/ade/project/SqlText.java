package dev.ade.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL as far as formatting goes: what is a comment, what is a blank, what is text.
final class SqlText {
    private static final Pattern DOLLAR = Pattern.compile("\\$[A-Za-z_]*\\$");

    private final String sql;
    private int at;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /// Two queries that differ in blanks and comments only are equal after this.
    static String normalised(String sql) {
        SqlText text = new SqlText(sql);
        StringBuilder tokens = new StringBuilder(sql.length());
        while (text.skipBlank()) {
            int start = text.at;
            text.skipToken();
            tokens.append(sql, start, text.at).append(' ');
        }
        return tokens.toString();
    }

    /// The statements of a text, without the semicolons between them.
    static List<String> statements(String sql) {
        SqlText text = new SqlText(sql);
        List<String> statements = new ArrayList<>();
        int from = -1;
        while (text.skipBlank()) {
            int start = text.at;
            text.skipToken();
            if (sql.charAt(start) == ';') {
                if (from >= 0) {
                    statements.add(sql.substring(from, start).strip());
                }
                from = -1;
            } else if (from < 0) {
                from = start;
            }
        }
        if (from >= 0) {
            statements.add(tidy(sql.substring(from)).strip());
        }
        return statements;
    }

    /// The query without the semicolons, comments and blanks behind it, so that it can stand in brackets. What
    /// is before it stays, so that lines keep their numbers.
    static String tidy(String sql) {
        SqlText text = new SqlText(sql);
        int end = 0;
        while (text.skipBlank()) {
            int start = text.at;
            text.skipToken();
            if (sql.charAt(start) != ';') {
                end = text.at;
            }
        }
        return sql.substring(0, end);
    }

    /// Whether none of the words outside of brackets says that something is changed: `with a as (…) insert into …`.
    static boolean withoutChange(String sql) {
        SqlText text = new SqlText(sql);
        int depth = 0;
        while (text.skipBlank()) {
            int start = text.at;
            text.skipToken();
            String token = sql.substring(start, text.at).toLowerCase(Locale.ROOT);
            switch (token) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "insert", "update", "delete", "merge" -> {
                    if (depth == 0) {
                        return false;
                    }
                }
                default -> {
                    // It changes nothing.
                }
            }
        }
        return true;
    }

    /// The word a query starts with, or the one sign that it starts with; empty where there is nothing.
    static String firstWord(String sql) {
        SqlText text = new SqlText(sql);
        if (!text.skipBlank()) {
            return "";
        }
        int start = text.at;
        text.skipToken();
        return sql.substring(start, text.at);
    }

    /// Moves over blanks and comments; false at the end.
    private boolean skipBlank() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipToken() {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            skipQuoted(c);
        } else if (c == '$' && skipDollarQuoted()) {
            return;
        } else if (isWord(c)) {
            while (at < sql.length() && isWord(sql.charAt(at))) {
                at++;
            }
        } else {
            at++;
        }
    }

    /// A doubled quote is two quoted tokens side by side, which is as good here.
    private void skipQuoted(char quote) {
        boolean hasEscapes =
                quote == '\'' && at > 0 && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '\\' && hasEscapes) {
                at++;
            } else if (c == quote) {
                return;
            }
        }
        at = sql.length();
    }

    private boolean skipDollarQuoted() {
        Matcher matcher = DOLLAR.matcher(sql).region(at, sql.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        int end = sql.indexOf(matcher.group(), matcher.end());
        at = end < 0 ? sql.length() : end + matcher.group().length();
        return true;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
