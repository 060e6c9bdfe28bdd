package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites a text of SQL so that there are no two ways to read it: comments are gone, every text is in plain quotes,
/// and each statement stands by itself. What is found out about the result is then true of what the engine runs,
/// however its own reader is made.
final class PlainSql {
    private static final Pattern DOLLAR =
            Pattern.compile("\\$[\\p{L}\\p{N}_\\x{80}-\\x{10FFFF}]*\\$");
    private static final int TEXT_MAX = 10_000_000;

    private final String sql;
    private final List<String> statements = new ArrayList<>();
    private StringBuilder out = new StringBuilder();
    private int at;

    private PlainSql(String sql) {
        this.sql = sql;
    }

    /// @throws AdeException USER where a text, name or comment does not end
    static List<String> statements(String sql) {
        if (sql.length() > TEXT_MAX || sql.indexOf('\0') >= 0) {
            throw AdeException.user(
                    "Cannot run a statement of %,d characters, or with a NUL in it"
                            .formatted(sql.length()),
                    "Let it read a table instead");
        }
        PlainSql plain = new PlainSql(sql);
        while (plain.at < sql.length()) {
            plain.token();
        }
        plain.end();
        return plain.statements;
    }

    private void token() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            lineComment();
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (c == '\'') {
            literal(quoted('\''));
        } else if (c == '"') {
            apart();
            out.append(Sql.quote(quoted('"')));
        } else if (c == '$') {
            dollar();
        } else if (c == ';') {
            at++;
            end();
        } else if (isWord(c)) {
            word();
        } else {
            at++;
            out.append(isBlank(c) && c != '\n' ? ' ' : c);
        }
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || (c >= 0x80 && !isBlank(c));
    }

    private void lineComment() {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
        out.append(' ');
    }

    private void comment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        require(depth == 0, "a comment");
        out.append(' ');
    }

    /// What is between two quotes, of which a doubled one is one.
    private String quoted(char quote) {
        StringBuilder text = new StringBuilder();
        int from = at + 1;
        while (true) {
            int end = sql.indexOf(quote, from);
            require(end >= 0, "a text or name");
            text.append(sql, from, end);
            if (end + 1 == sql.length() || sql.charAt(end + 1) != quote) {
                at = end + 1;
                return text.toString();
            }
            text.append(quote);
            from = end + 2;
        }
    }

    private void literal(String text) {
        apart();
        out.append(Sql.literal(text));
    }

    /// A word before a quote would say how to read what is in it.
    private void apart() {
        if (!out.isEmpty()
                && (isWord(out.charAt(out.length() - 1)) || out.charAt(out.length() - 1) == '&')) {
            out.append(' ');
        }
    }

    private void dollar() {
        Matcher tag = DOLLAR.matcher(sql).region(at, sql.length());
        if (!tag.lookingAt()) {
            throw AdeException.user(
                    "Cannot run a statement with a $ outside of quotes",
                    "Quote the name, or write the value");
        }
        int end = sql.indexOf(tag.group(), tag.end());
        require(end >= 0, "a text");
        String text = sql.substring(tag.end(), end);
        at = end + tag.group().length();
        literal(text);
    }

    private void word() {
        int start = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(start, at);
        if (word.equalsIgnoreCase("e") && at < sql.length() && sql.charAt(at) == '\'') {
            escaped();
        } else {
            out.append(word);
        }
    }

    /// `e'…'`, in which a backslash means something.
    private void escaped() {
        StringBuilder text = new StringBuilder();
        at++;
        while (true) {
            require(at < sql.length(), "a text");
            char c = sql.charAt(at++);
            if (c == '\\') {
                require(at < sql.length(), "a text");
                text.append(meant(sql.charAt(at++)));
            } else if (c != '\'') {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == '\'') {
                text.append('\'');
                at++;
            } else {
                literal(text.toString());
                return;
            }
        }
    }

    private static char meant(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '\\', '\'', '"' -> escaped;
            default ->
                    throw AdeException.user(
                            "Cannot read \\%s in an e'…' text".formatted(escaped),
                            "Write the character itself");
        };
    }

    private void end() {
        String statement = out.toString().strip();
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        out = new StringBuilder();
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw AdeException.user(
                    "Cannot read the statement: %s in it does not end".formatted(what),
                    "Look at: " + sql.lines().findFirst().orElse("").toLowerCase(Locale.ROOT));
        }
    }
}
