package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value. Numbers keep the digits that came.
sealed interface Json {
    record Obj(Map<String, Json> fields) implements Json {
        public Obj {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Text(String text) implements Json {}

    record Num(String digits) implements Json {}

    record Bool(boolean isTrue) implements Json {}

    enum Null implements Json {
        NULL
    }

    /// The value that the parser stands at; it stands at the value's end afterwards.
    static Json read(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    fields.put(name, read(in));
                }
                yield new Obj(fields);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(in));
                }
                yield new Arr(items);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(in.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> Null.NULL;
            case VALUE_STRING -> new Text(in.getText());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IOException("no value is here");
        };
    }

    static void write(Json value, JsonGenerator out) throws IOException {
        switch (value) {
            case Obj(Map<String, Json> fields) -> {
                out.writeStartObject();
                for (Map.Entry<String, Json> field : fields.entrySet()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case Arr(List<Json> items) -> {
                out.writeStartArray();
                for (Json item : items) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case Text(String text) -> out.writeString(text);
            case Num(String digits) -> out.writeNumber(digits);
            case Bool(boolean isTrue) -> out.writeBoolean(isTrue);
            case Null _ -> out.writeNull();
        }
    }

    /// The value of a setting, as YAML has it.
    static Json of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                map.forEach((key, one) -> fields.put(String.valueOf(key), of(one)));
                yield new Obj(fields);
            }
            case List<?> list -> new Arr(list.stream().map(Json::of).toList());
            case Boolean bool -> new Bool(bool);
            case Number number -> new Num(number.toString());
            default -> new Text(value.toString());
        };
    }

    /// What a scalar says; empty for null, objects and lists.
    default Optional<String> scalar() {
        return switch (this) {
            case Text(String text) -> Optional.of(text);
            case Num(String digits) -> Optional.of(digits);
            case Bool(boolean isTrue) -> Optional.of(String.valueOf(isTrue));
            case Null _, Obj _, Arr _ -> Optional.empty();
        };
    }
}
