package dev.ade.ingest.cdc;

import dev.ade.ingest.jdbc.Unfit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of an array of one dimension: `{1,NULL,"a \"b\""}`, with or without the bounds before it.
///
/// @param delimiter a comma, but for boxes
record Arrays(Texts.Reader element, char delimiter) implements Texts.Reader {
    @Override
    public Object read(String text) throws Unfit {
        int start = text.indexOf('{');
        int dimensions = 0;
        while (text.charAt(start + dimensions) == '{') {
            dimensions++;
        }
        if (dimensions > 1) {
            throw new Unfit(
                    "an array", "an array of %d dimensions fits no list".formatted(dimensions));
        }
        List<@Nullable Object> values = new ArrayList<>();
        Unfit first = null;
        int at = start + 1;
        while (text.charAt(at) != '}') {
            int end = text.charAt(at) == '"' ? closing(text, at + 1) + 1 : plainEnd(text, at);
            try {
                values.add(value(text.substring(at, end)));
            } catch (Unfit e) {
                first = first == null ? e : first;
            }
            at = text.charAt(end) == delimiter ? end + 1 : end;
        }
        if (first != null) {
            throw first;
        }
        return values;
    }

    private @Nullable Object value(String written) throws Unfit {
        if (written.equals("NULL")) {
            return null;
        }
        if (written.charAt(0) != '"') {
            return element.read(written);
        }
        return element.read(unescaped(written.substring(1, written.length() - 1)));
    }

    private int plainEnd(String text, int from) {
        int at = from;
        while (text.charAt(at) != delimiter && text.charAt(at) != '}') {
            at++;
        }
        return at;
    }

    /// Where the quote is that ends a quoted element.
    private static int closing(String text, int from) {
        int at = from;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }
}
