package dev.ade.code.run;

import dev.ade.code.Digits;
import dev.ade.code.run.Shape.Entries;
import dev.ade.code.run.Shape.Items;
import dev.ade.code.run.Shape.Parts;
import dev.ade.code.run.Shape.Value;
import dev.ade.model.AdeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out what components of a record are made of.
final class Shapes {
    private static final int DEPTH_MAX = 10;

    private final RecordComponent part;

    private Shapes(RecordComponent part) {
        this.part = part;
    }

    /// @param depth how many records it is in
    /// @throws AdeException USER where it has a type that columns do not have
    static Shape of(RecordComponent part, int depth) {
        return new Shapes(part).shape(part.getGenericType(), depth);
    }

    private Shape shape(Type java, int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong(
                    "it is nested more than %d deep".formatted(DEPTH_MAX),
                    "A record of columns cannot hold itself");
        }
        return switch (java) {
            case ParameterizedType of when of.getRawType() == List.class ->
                    new Items(shape(of.getActualTypeArguments()[0], depth + 1));
            case ParameterizedType of when of.getRawType() == Map.class ->
                    new Entries(
                            shape(of.getActualTypeArguments()[0], depth + 1),
                            shape(of.getActualTypeArguments()[1], depth + 1));
            case Class<?> one when one.isRecord() ->
                    new Parts(one, Component.nested(one, depth + 1));
            case Class<?> one -> value(one);
            default -> throw unknown(java);
        };
    }

    private Value value(Class<?> java) {
        ValueKind kind = ValueKind.of(java).orElseThrow(() -> unknown(java));
        Digits digits = digits();
        return new Value(
                kind,
                digits == null || kind != ValueKind.DECIMAL
                        ? kind.type()
                        : new dev.ade.model.Type.Decimal(digits.precision(), digits.scale()));
    }

    private @Nullable Digits digits() {
        return part.getAnnotation(Digits.class);
    }

    private AdeException unknown(Type java) {
        return wrong(
                "%s is not one of its types".formatted(Component.words(java)),
                "Columns are %s, and List, Map and records of these".formatted(ValueKind.all()));
    }

    private AdeException wrong(String reason, String next) {
        return AdeException.user(
                "Cannot use '%s' of %s as a column: %s"
                        .formatted(
                                part.getName(), part.getDeclaringRecord().getSimpleName(), reason),
                next);
    }
}
