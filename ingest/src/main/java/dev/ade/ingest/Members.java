package dev.ade.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.Type;
import dev.ade.spi.ValueFunction;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives objects the members of their type that they leave out, as null: the engine casts only whole objects. All else
/// stays as it stands, to the last digit, so that the cast still says what does not fit.
///
/// @param type with an object somewhere in it
record Members(Type type) implements ValueFunction {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
                    .build();

    /// Empty for types without objects.
    static Optional<Members> of(Type type) {
        return hasObject(type) ? Optional.of(new Members(type)) : Optional.empty();
    }

    private static boolean hasObject(Type type) {
        return switch (type) {
            case Type.Struct _ -> true;
            case Type.ListOf list -> hasObject(list.element());
            case Type.MapOf map -> hasObject(map.value());
            case Type.Simple _, Type.Decimal _ -> false;
        };
    }

    @Override
    public String name() {
        return "ade_members_" + Fingerprint.of(type.sql()).hex();
    }

    @Override
    public Type argument() {
        return Type.Simple.VARCHAR;
    }

    @Override
    public Type result() {
        return Type.Simple.VARCHAR;
    }

    /// @return null for what is no JSON
    @Override
    public @Nullable Object apply(Object value) {
        StringWriter whole = new StringWriter();
        try (JsonParser from = FACTORY.createParser((String) value);
                JsonGenerator to = FACTORY.createGenerator(whole)) {
            from.nextToken();
            copy(from, to, Optional.of(type));
            to.flush();
            return from.nextToken() == null ? whole.toString() : null;
        } catch (IOException _) {
            return null;
        }
    }

    /// @param as its type; empty where the type knows nothing of it
    private static void copy(JsonParser from, JsonGenerator to, Optional<Type> as)
            throws IOException {
        JsonToken token = from.currentToken();
        if (token == JsonToken.START_OBJECT) {
            object(from, to, as);
        } else if (token == JsonToken.START_ARRAY) {
            to.writeStartArray();
            while (from.nextToken() != JsonToken.END_ARRAY) {
                copy(from, to, as.flatMap(Members::element));
            }
            to.writeEndArray();
        } else if (token != null && token.isNumeric()) {
            to.writeNumber(from.getText());
        } else {
            to.copyCurrentEvent(from);
        }
    }

    private static void object(JsonParser from, JsonGenerator to, Optional<Type> as)
            throws IOException {
        Set<String> there = new HashSet<>();
        to.writeStartObject();
        while (from.nextToken() != JsonToken.END_OBJECT) {
            String name = from.currentName();
            there.add(name);
            to.writeFieldName(name);
            from.nextToken();
            copy(from, to, as.flatMap(it -> member(it, name)));
        }
        if (as.orElse(null) instanceof Type.Struct struct) {
            for (Column field : struct.fields()) {
                if (!there.contains(field.name())) {
                    to.writeNullField(field.name());
                }
            }
        }
        to.writeEndObject();
    }

    private static Optional<Type> element(Type type) {
        return type instanceof Type.ListOf list ? Optional.of(list.element()) : Optional.empty();
    }

    private static Optional<Type> member(Type type, String name) {
        return switch (type) {
            case Type.Struct struct ->
                    struct.fields().stream()
                            .filter(field -> field.name().equals(name))
                            .map(Column::type)
                            .findFirst();
            case Type.MapOf map -> Optional.of(map.value());
            case Type.ListOf _, Type.Simple _, Type.Decimal _ -> Optional.empty();
        };
    }
}
