package dev.ade.duck;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// A parsed query as maps, lists and texts, without what does not matter to its meaning: where things stand in the
/// text, and the case of names.
final class SyntaxTree {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Set<String> POSITIONS =
            Set.of("query_location", "query_location_length", "qualified_name");
    private static final Set<String> NAMES =
            Set.of("column_names", "table_name", "schema_name", "using_columns", "exclude_list");

    private SyntaxTree() {}

    /// @param json of `json_serialize_sql`, without nulls and empty things
    /// @throws IOException where it is nested deeper than a thousand levels
    static Map<?, ?> of(String json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return (Map<?, ?>) value(parser, "");
        }
    }

    private static Object value(JsonParser parser, String name) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, name));
                }
                yield items;
            }
            case NOT_AVAILABLE,
                    END_OBJECT,
                    END_ARRAY,
                    FIELD_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    VALUE_STRING,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_NULL ->
                    NAMES.contains(name)
                            ? parser.getText().toLowerCase(Locale.ROOT)
                            : parser.getText();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            Object value = value(parser, field);
            if (!POSITIONS.contains(field)) {
                fields.put(field, value);
            }
        }
        return fields;
    }

    /// The node below `name`; empty where there is none.
    static Map<?, ?> node(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> node ? node : Map.of();
    }

    static List<?> items(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof List<?> items ? items : List.of();
    }

    static boolean is(Map<?, ?> node, String field, String value) {
        return value.equals(node.get(field));
    }

    /// Shows every node at or below `tree`.
    static void walk(Object tree, Consumer<Map<?, ?>> visitor) {
        switch (tree) {
            case Map<?, ?> node -> {
                visitor.accept(node);
                node.values().forEach(value -> walk(value, visitor));
            }
            case List<?> items -> items.forEach(item -> walk(item, visitor));
            default -> {}
        }
    }

    static boolean has(Object tree, String field, String value) {
        boolean[] found = {false};
        walk(tree, node -> found[0] |= is(node, field, value));
        return found[0];
    }
}
