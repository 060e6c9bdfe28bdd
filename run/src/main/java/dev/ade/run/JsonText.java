package dev.ade.run;

import dev.ade.model.JsonString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps, lists, texts, numbers and booleans as JSON on one line.
public final class JsonText {
    private JsonText() {}

    public static String of(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value) {
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> map -> map(json, map);
            case List<?> list -> list(json, list);
            case Double number when !Double.isFinite(number) -> json.append("null");
            case Number number -> json.append(number);
            case Boolean truth -> json.append(truth);
            default -> JsonString.append(json, value.toString());
        }
    }

    private static void map(StringBuilder json, Map<?, ?> map) {
        json.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
                entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            JsonString.append(json, String.valueOf(entry.getKey()));
            json.append(':');
            write(json, entry.getValue());
            json.append(entries.hasNext() ? "," : "");
        }
        json.append('}');
    }

    private static void list(StringBuilder json, List<?> list) {
        json.append('[');
        for (Iterator<?> values = list.iterator(); values.hasNext(); ) {
            write(json, values.next());
            json.append(values.hasNext() ? "," : "");
        }
        json.append(']');
    }
}
