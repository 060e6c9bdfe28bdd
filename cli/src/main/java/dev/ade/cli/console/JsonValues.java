package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of a cursor as JSON: numbers as numbers, bytes as base64, times as text, structs as objects.
final class JsonValues {
    private JsonValues() {}

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            case Float number when Float.isFinite(number) -> json.writeNumber(number);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
            case List<?> list -> list(json, list);
            case Map<?, ?> map -> map(json, map);
            default -> json.writeString(Values.text(value));
        }
    }

    private static void list(JsonGenerator json, List<?> list) throws IOException {
        json.writeStartArray();
        for (Object element : list) {
            write(json, element);
        }
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(Values.text(entry.getKey()));
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }
}
