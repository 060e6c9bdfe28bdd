package dev.ade.model;

import dev.ade.model.Type.Decimal;
import dev.ade.model.Type.ListOf;
import dev.ade.model.Type.MapOf;
import dev.ade.model.Type.Simple;
import dev.ade.model.Type.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A recursive-descent reader of SQL type names.
final class TypeParser {
    private static final int DEPTH_MAX = 64;
    private static final Map<String, Type> NAMES =
            Map.ofEntries(
                    Map.entry("boolean", Simple.BOOLEAN),
                    Map.entry("bool", Simple.BOOLEAN),
                    Map.entry("tinyint", Simple.INTEGER),
                    Map.entry("smallint", Simple.INTEGER),
                    Map.entry("utinyint", Simple.INTEGER),
                    Map.entry("usmallint", Simple.INTEGER),
                    Map.entry("integer", Simple.INTEGER),
                    Map.entry("int", Simple.INTEGER),
                    Map.entry("int2", Simple.INTEGER),
                    Map.entry("int4", Simple.INTEGER),
                    Map.entry("uinteger", Simple.BIGINT),
                    Map.entry("bigint", Simple.BIGINT),
                    Map.entry("int8", Simple.BIGINT),
                    Map.entry("int64", Simple.BIGINT),
                    Map.entry("long", Simple.BIGINT),
                    Map.entry("ubigint", new Decimal(20, 0)),
                    Map.entry("hugeint", new Decimal(38, 0)),
                    Map.entry("uhugeint", new Decimal(38, 0)),
                    Map.entry("float", Simple.FLOAT),
                    Map.entry("real", Simple.FLOAT),
                    Map.entry("float4", Simple.FLOAT),
                    Map.entry("double", Simple.DOUBLE),
                    Map.entry("double precision", Simple.DOUBLE),
                    Map.entry("float8", Simple.DOUBLE),
                    Map.entry("float64", Simple.DOUBLE),
                    Map.entry("date", Simple.DATE),
                    Map.entry("time", Simple.TIME),
                    Map.entry("timestamp", Simple.TIMESTAMP),
                    Map.entry("datetime", Simple.TIMESTAMP),
                    Map.entry("timestamp without time zone", Simple.TIMESTAMP),
                    Map.entry("timestamp_s", Simple.TIMESTAMP),
                    Map.entry("timestamp_ms", Simple.TIMESTAMP),
                    Map.entry("timestamp_ns", Simple.TIMESTAMP),
                    Map.entry("timestamptz", Simple.TIMESTAMPTZ),
                    Map.entry("timestamp with time zone", Simple.TIMESTAMPTZ),
                    Map.entry("varchar", Simple.VARCHAR),
                    Map.entry("string", Simple.VARCHAR),
                    Map.entry("text", Simple.VARCHAR),
                    Map.entry("char", Simple.VARCHAR),
                    Map.entry("character varying", Simple.VARCHAR),
                    Map.entry("json", Simple.VARCHAR),
                    Map.entry("interval", Simple.VARCHAR),
                    Map.entry("bit", Simple.VARCHAR),
                    Map.entry("time with time zone", Simple.VARCHAR),
                    Map.entry("timetz", Simple.VARCHAR),
                    Map.entry("bignum", Simple.VARCHAR),
                    Map.entry("blob", Simple.BLOB),
                    Map.entry("bytea", Simple.BLOB),
                    Map.entry("binary", Simple.BLOB),
                    Map.entry("varbinary", Simple.BLOB),
                    Map.entry("uuid", Simple.UUID),
                    Map.entry("\"null\"", Simple.VARCHAR),
                    Map.entry("null", Simple.VARCHAR));

    private final String text;
    private int at;
    private int depth;

    TypeParser(String text) {
        this.text = text;
    }

    Type parse() {
        Type type = type();
        skipSpace();
        if (at < text.length()) {
            throw wrong("unexpected '" + text.substring(at) + "'");
        }
        return type;
    }

    private Type type() {
        if (++depth > DEPTH_MAX) {
            throw wrong("it is nested deeper than " + DEPTH_MAX);
        }
        Type type = base();
        skipSpace();
        while (at < text.length() && text.charAt(at) == '[') {
            at = text.indexOf(']', at) + 1;
            if (at == 0) {
                throw wrong("']' is missing");
            }
            type = new ListOf(type);
            skipSpace();
        }
        depth--;
        return type;
    }

    private Type base() {
        String name = name();
        return switch (name) {
            case "decimal", "numeric" -> decimal();
            case "struct", "row" -> struct();
            case "map" -> map();
            case "enum", "union" -> text();
            default -> named(name);
        };
    }

    private Type named(String name) {
        Type type = NAMES.get(name);
        if (type == null) {
            throw wrong("no such type");
        }
        if (take('(')) {
            int depthOfParentheses = 1;
            boolean inText = false;
            while (at < text.length() && depthOfParentheses > 0) {
                char c = text.charAt(at++);
                inText ^= c == '\'';
                depthOfParentheses += inText ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return type;
    }

    private Type decimal() {
        if (!take('(')) {
            return new Decimal(18, 3);
        }
        int precision = number();
        int scale = take(',') ? number() : 0;
        require(')');
        return new Decimal(precision, scale);
    }

    private Type struct() {
        require('(');
        List<Column> fields = new ArrayList<>();
        do {
            fields.add(new Column(identifier(), type()));
        } while (take(','));
        require(')');
        return new Struct(fields);
    }

    private Type map() {
        require('(');
        Type key = type();
        require(',');
        Type value = type();
        require(')');
        return new MapOf(key, value);
    }

    /// A type that is kept as text, whatever its parentheses hold.
    private Type text() {
        if (take('(')) {
            for (int open = 1; open > 0; at++) {
                if (at == text.length()) {
                    throw wrong("')' is missing");
                }
                open += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            }
        }
        return Simple.VARCHAR;
    }

    /// A type name: words joined by one space, so that `timestamp  with time zone` is one.
    private String name() {
        skipSpace();
        int start = at;
        while (at < text.length()
                && (isWord(text.charAt(at)) || text.charAt(at) == ' ' || text.charAt(at) == '"')) {
            at++;
        }
        return text.substring(start, at).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private String identifier() {
        skipSpace();
        if (take('"')) {
            StringBuilder name = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"' && !(at < text.length() && text.charAt(at) == '"')) {
                    return name.toString();
                }
                name.append(c);
                at += c == '"' ? 1 : 0;
            }
            throw wrong("a quote is not closed");
        }
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private int number() {
        skipSpace();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 4) {
            at++;
        }
        if (start == at) {
            throw wrong("a number is missing");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private boolean take(char c) {
        skipSpace();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char c) {
        if (!take(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private AdeException wrong(String reason) {
        boolean isCut = text.contains("(") && !text.contains(")");
        return AdeException.user(
                "Cannot read type '%s': %s".formatted(text, reason),
                isCut
                        ? "Quote a type that has a comma within braces: data_type: \"decimal(18,2)\""
                        : "Use a SQL type such as bigint, decimal(18,2), timestamp, varchar[] or struct(a integer)");
    }
}
