package dev.ade.duck.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON that DuckDB wrote: maps, lists, strings, numbers as their text in `Number`, booleans, null.
final class Json {
    private static final int DEPTH_MAX = 2_000;

    /// A number as it was written; those of 128 bits fit nothing smaller.
    record Numeral(String text) {}

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    static @Nullable Object read(String text) {
        return new Json(text).value();
    }

    private @Nullable Object value() {
        skipSpace();
        if (++depth > DEPTH_MAX) {
            throw new UnknownPlan("the plan is nested deeper than " + DEPTH_MAX);
        }
        Object value =
                switch (text.charAt(at)) {
                    case '{' -> map();
                    case '[' -> list();
                    case '"' -> string();
                    case 't' -> word("true", true);
                    case 'f' -> word("false", false);
                    case 'n' -> word("null", null);
                    default -> numeral();
                };
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        while (!ends('}')) {
            String key = string();
            skipSpace();
            at++;
            map.put(key, value());
        }
        return map;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        while (!ends(']')) {
            list.add(value());
        }
        return list;
    }

    /// Goes on to the next member, or behind the end.
    private boolean ends(char end) {
        skipSpace();
        if (text.charAt(at) == ',') {
            at++;
            skipSpace();
        }
        boolean isEnd = text.charAt(at) == end;
        at += isEnd ? 1 : 0;
        return isEnd;
    }

    private String string() {
        int start = ++at;
        while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
            at++;
        }
        if (text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder some = new StringBuilder(text.substring(start, at));
        while (text.charAt(at) != '"') {
            some.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        at++;
        return some.toString();
    }

    private char escaped() {
        char c = text.charAt(++at);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        at += word.length();
        return value;
    }

    private Numeral numeral() {
        int start = at;
        while (at < text.length() && "+-.0123456789eEinfa".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (start == at) {
            throw new UnknownPlan("the plan cannot be read at " + start);
        }
        return new Numeral(text.substring(start, at));
    }

    private void skipSpace() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
