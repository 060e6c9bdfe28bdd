package dev.ade.code.source;

import dev.ade.model.JsonString;
import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes plain values as JSON.
final class Json {
    private static final int DEPTH_MAX = 100;

    private Json() {}

    static void write(Map<?, ?> row, StringBuilder to) {
        write(row, to, 0);
    }

    private static void write(@Nullable Object value, StringBuilder to, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "a value is nested more than %d deep".formatted(DEPTH_MAX));
        }
        switch (value) {
            case null -> to.append("null");
            case Map<?, ?> map -> object(map, to, depth);
            case Iterable<?> list -> list(list, to, depth);
            case Boolean truth -> to.append(truth.booleanValue());
            case BigDecimal number -> to.append(number.toPlainString());
            case Double number -> number(number, to);
            case Float number -> number(number, to);
            case Number number -> to.append(number);
            case CharSequence text -> JsonString.append(to, text);
            case Character one -> JsonString.append(to, one.toString());
            case TemporalAccessor time -> JsonString.append(to, time.toString());
            case Enum<?> constant -> JsonString.append(to, constant.name());
            case UUID uuid -> JsonString.append(to, uuid.toString());
            case Object other ->
                    throw new IllegalArgumentException(
                            "a value is a %s, which JSON has not; make it text, a number, a list or a map"
                                    .formatted(other.getClass().getSimpleName()));
        }
    }

    private static void number(Number number, StringBuilder to) {
        if (Double.isFinite(number.doubleValue())) {
            to.append(number);
        } else {
            throw new IllegalArgumentException(
                    "a value is %s, which JSON has not; use null".formatted(number));
        }
    }

    private static void object(Map<?, ?> map, StringBuilder to, int depth) {
        to.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            to.append(separator);
            JsonString.append(to, String.valueOf(entry.getKey()));
            to.append(':');
            write(entry.getValue(), to, depth + 1);
            separator = ",";
        }
        to.append('}');
    }

    private static void list(Iterable<?> list, StringBuilder to, int depth) {
        to.append('[');
        String separator = "";
        for (Object one : list) {
            to.append(separator);
            write(one, to, depth + 1);
            separator = ",";
        }
        to.append(']');
    }
}
