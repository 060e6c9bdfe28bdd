package dev.ade.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into tokens, and removes the whitespace and comments that the tags ask to.
final class Lexer {
    private static final Pattern FLOAT =
            Pattern.compile(
                    "(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile(
                    "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}");
    private static final String OPERATORS = "+-/*%~[](){}<>=.:|,;";
    private static final List<String> LONG_OPERATORS = List.of("//", "**", "==", "!=", ">=", "<=");

    private final Source source;
    private final String text;
    private final Syntax syntax;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(Source source, Syntax syntax) {
        this.source = source;
        this.syntax = syntax;
        this.text = source.text();
    }

    static List<Token> template(Source source, Syntax syntax) {
        Lexer lexer = new Lexer(source, syntax);
        lexer.template();
        return lexer.tokens;
    }

    static List<Token> expression(Source source) {
        Lexer lexer = new Lexer(source, Syntax.PLAIN);
        lexer.code("", lexer.text.length());
        lexer.add(Token.Kind.END, "", lexer.position);
        return lexer.tokens;
    }

    private void template() {
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        while (position < end) {
            int tag = nextTag(end);
            String data = text.substring(position, tag);
            char control = tag + 2 < end ? text.charAt(tag + 2) : ' ';
            if (tag < end && control == '-') {
                data = Python.stripRight(data);
            }
            if (!data.isEmpty()) {
                add(Token.Kind.TEXT, data, position);
            }
            position = tag;
            if (tag < end) {
                tag(end);
            }
        }
        position = text.length();
        add(Token.Kind.END, "", position);
    }

    private int nextTag(int end) {
        for (int i = text.indexOf('{', position);
                i >= 0 && i + 1 < end;
                i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return end;
    }

    private void tag(int end) {
        Matcher raw = RAW.matcher(text).region(position, end);
        if (raw.lookingAt()) {
            int start = position;
            position = raw.end();
            if (!raw.group(1).isEmpty()) {
                skipSpace(end);
            }
            rawBody("raw", start, end);
            return;
        }
        int start = position;
        char kind = text.charAt(position + 1);
        position += 2;
        if (position < end && "+-".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        switch (kind) {
            case '#' -> comment(start, end);
            case '{' -> output(start, end);
            default -> block(start, end);
        }
    }

    private void comment(int start, int end) {
        int close = text.indexOf("#}", position);
        if (close < 0 || close + 2 > end) {
            throw source.error(start, "the comment is not closed with '#}'");
        }
        boolean strip = close > start + 2 && text.charAt(close - 1) == '-';
        position = close + 2;
        if (strip) {
            skipSpace(end);
        }
    }

    private void output(int start, int end) {
        add(Token.Kind.OUTPUT_BEGIN, "", start);
        code("}}", end);
        close(Token.Kind.OUTPUT_END, start, end);
    }

    private void block(int start, int end) {
        int first = tokens.size();
        add(Token.Kind.BLOCK_BEGIN, "", start);
        code("%}", end);
        boolean named = tokens.size() > first + 1;
        String name = named ? tokens.get(first + 1).text() : "";
        close(Token.Kind.BLOCK_END, start, end);
        if (syntax.rawTags().contains(name)) {
            rawBody(name, start, end);
        }
    }

    private void close(Token.Kind kind, int start, int end) {
        if (position >= end) {
            throw source.error(
                    start,
                    "the tag is not closed with '"
                            + (kind == Token.Kind.OUTPUT_END ? "}}" : "%}")
                            + "'");
        }
        int at = position;
        char control = text.charAt(position);
        position += control == '-' || control == '+' ? 3 : 2;
        add(kind, "", at);
        if (control == '-') {
            skipSpace(end);
        }
    }

    /// Text up to the tag that ends it; that of `raw` is dropped, of others left for the parser.
    private void rawBody(String tag, int start, int end) {
        Matcher close =
                Pattern.compile("\\{%([-+]?)\\s*end" + Pattern.quote(tag) + "\\s*([-+]?)%\\}")
                        .matcher(text)
                        .region(position, end);
        if (!close.find()) {
            throw source.error(start, "'" + tag + "' is not closed with 'end" + tag + "'");
        }
        String body = text.substring(position, close.start());
        add(Token.Kind.TEXT, "-".equals(close.group(1)) ? Python.stripRight(body) : body, position);
        position = close.start();
        if (!"raw".equals(tag)) {
            return;
        }
        position = close.end();
        if ("-".equals(close.group(2))) {
            skipSpace(end);
        }
    }

    private void skipSpace(int end) {
        while (position < end && Python.isSpace(text.charAt(position))) {
            position++;
        }
    }

    /// Tokens of an expression or statement, up to its closing mark outside of brackets.
    private void code(String mark, int end) {
        Deque<Character> open = new ArrayDeque<>();
        while (true) {
            skipSpace(end);
            if (position >= end || (open.isEmpty() && atMark(mark))) {
                return;
            }
            char c = text.charAt(position);
            if (c == '"' || c == '\'') {
                string(c, end);
            } else if (c >= '0' && c <= '9') {
                number(end);
            } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
                name(end);
            } else {
                operator(c, open, end);
            }
        }
    }

    private boolean atMark(String mark) {
        if (mark.isEmpty()) {
            return false;
        }
        char c = text.charAt(position);
        boolean controlled = c == '-' || (c == '+' && mark.equals("%}"));
        return text.startsWith(mark, controlled ? position + 1 : position);
    }

    private void string(char quote, int end) {
        int start = position;
        int i = position + 1;
        while (i < end && text.charAt(i) != quote) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        if (i >= end) {
            throw source.error(start, "the string is not closed with " + quote);
        }
        String value;
        try {
            value = Escapes.decode(text.substring(start + 1, i));
        } catch (Problem e) {
            throw source.error(start, e.reason());
        }
        position = i + 1;
        tokens.add(new Token(Token.Kind.STRING, value, start, position));
    }

    private void number(int end) {
        int start = position;
        Matcher number = FLOAT.matcher(text).region(position, end);
        Token.Kind kind = Token.Kind.FLOAT;
        boolean afterDot = position > 0 && text.charAt(position - 1) == '.';
        if (afterDot || !number.lookingAt()) {
            number = INTEGER.matcher(text).region(position, end);
            kind = Token.Kind.INTEGER;
            if (!number.lookingAt()) {
                throw source.error(start, "a number cannot start like this");
            }
        }
        position = number.end();
        tokens.add(new Token(kind, number.group().replace("_", ""), start, position));
    }

    private void name(int end) {
        int start = position;
        while (position < end && Character.isUnicodeIdentifierPart(text.charAt(position))) {
            position++;
        }
        tokens.add(new Token(Token.Kind.NAME, text.substring(start, position), start, position));
    }

    private void operator(char c, Deque<Character> open, int end) {
        int start = position;
        String operator = String.valueOf(c);
        if (position + 1 < end && LONG_OPERATORS.contains(text.substring(position, position + 2))) {
            operator = text.substring(position, position + 2);
        } else if (OPERATORS.indexOf(c) < 0) {
            throw source.error(start, "unexpected character '" + c + "'");
        }
        position += operator.length();
        switch (c) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty() || open.pop() != c) {
                    throw source.error(start, "unexpected '" + c + "'");
                }
            }
            default -> {}
        }
        tokens.add(new Token(Token.Kind.OPERATOR, operator, start, position));
    }

    private void add(Token.Kind kind, String value, int start) {
        tokens.add(new Token(kind, value, start, position));
    }
}
