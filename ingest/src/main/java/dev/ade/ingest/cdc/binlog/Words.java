package dev.ade.ingest.cdc.binlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words of a statement of the log: names, keywords and signs, without comments and without what texts say. What
/// MariaDB and MySQL alone execute of a comment (`/*! … */`, `/*M! … */`) is part of the statement.
final class Words {
    /// @param text in upper case for a word without quotes, as it stands for one with
    record Word(String text, boolean isQuoted, boolean isName) {
        boolean is(String keyword) {
            return !isQuoted && text.equals(keyword);
        }
    }

    private static final String ENDS = "\"'`";

    private final String sql;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private Words(String sql) {
        this.sql = sql;
    }

    static List<Word> of(String sql) {
        Words words = new Words(sql);
        while (words.at < sql.length()) {
            words.next();
        }
        return words.words;
    }

    private void next() {
        char letter = sql.charAt(at);
        if (Character.isWhitespace(letter)) {
            at++;
        } else if (ahead("/*!") || ahead("/*M!")) {
            at = sql.indexOf('!', at) + 1;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
        } else if (ahead("/*")) {
            at = after("*/");
        } else if (ahead("*/")) {
            at += 2;
        } else if (letter == '#' || ahead("-- ") || ahead("--\n") || ahead("--\t")) {
            at = after("\n");
        } else if (ENDS.indexOf(letter) >= 0) {
            quoted(letter);
        } else if (isLetter(letter)) {
            plain();
        } else {
            words.add(new Word(String.valueOf(letter), false, false));
            at++;
        }
    }

    private boolean ahead(String text) {
        return sql.startsWith(text, at);
    }

    private int after(String end) {
        int found = sql.indexOf(end, at + 1);
        return found < 0 ? sql.length() : found + end.length();
    }

    private static boolean isLetter(char letter) {
        return Character.isLetterOrDigit(letter)
                || letter == '_'
                || letter == '$'
                || letter == '@'
                || letter > 0x7F;
    }

    private void plain() {
        int from = at;
        while (at < sql.length() && isLetter(sql.charAt(at))) {
            at++;
        }
        words.add(new Word(sql.substring(from, at).toUpperCase(Locale.ROOT), false, true));
    }

    /// Between double quotes there may be a name (`ansi_quotes`) as well as a text.
    private void quoted(char quote) {
        StringBuilder text = new StringBuilder();
        at++;
        boolean isOpen = true;
        while (isOpen && at < sql.length()) {
            char letter = sql.charAt(at);
            boolean isDoubled =
                    letter == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote;
            boolean isEscaped = letter == '\\' && quote != '`' && at + 1 < sql.length();
            if (isDoubled || isEscaped) {
                text.append(sql.charAt(at + 1));
                at += 2;
            } else if (letter == quote) {
                isOpen = false;
                at++;
            } else {
                text.append(letter);
                at++;
            }
        }
        words.add(new Word(text.toString(), true, quote != '\''));
    }

    /// A table as a statement names it.
    ///
    /// @param next behind the name
    record Named(String database, String table, int next) {}

    /// The name that begins at a word.
    ///
    /// @param given the database of names that say none
    static Optional<Named> named(List<Word> words, int from, String given) {
        if (from >= words.size() || !words.get(from).isName()) {
            return Optional.empty();
        }
        boolean hasMore =
                from + 2 < words.size()
                        && words.get(from + 1).is(".")
                        && words.get(from + 2).isName();
        return Optional.of(
                hasMore
                        ? new Named(words.get(from).text(), words.get(from + 2).text(), from + 3)
                        : new Named(given, words.get(from).text(), from + 1));
    }
}
