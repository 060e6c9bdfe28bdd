package dev.ade.privacy;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;

/// Values as text, the same text for the same value whatever type a source gives it: the bigint 42, the decimal
/// 42.00, the double 42.0 and the text `42` agree, and instants are in UTC. Text stays exactly as it is.
final class Canonical {
    private Canonical() {}

    /// The expression of the text of the expression `value`.
    static String text(String value, Type type) {
        return switch (type) {
            case Simple simple -> simple(value, simple);
            case Type.Decimal decimal -> decimal(value, decimal);
            case Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    throw new IllegalArgumentException("nested: " + type.text());
        };
    }

    private static String simple(String value, Simple type) {
        return switch (type) {
            case VARCHAR -> value;
            case BOOLEAN, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, BLOB, UUID -> cast(value);
            case TIMESTAMPTZ -> cast("(%s) at time zone 'UTC'".formatted(value));
            case FLOAT, DOUBLE -> floating(value);
        };
    }

    /// Whole numbers that a double holds exactly are written as such.
    private static String floating(String value) {
        return "case when abs(%1$s) < 1e15 and trunc(%1$s) = %1$s then cast(cast(%1$s as bigint) as varchar) else %2$s end"
                .formatted("(" + value + ")", cast(value));
    }

    private static String decimal(String value, Type.Decimal type) {
        return type.scale() == 0
                ? cast(value)
                : "rtrim(rtrim(%s, '0'), '.')".formatted(cast(value));
    }

    private static String cast(String value) {
        return "cast(%s as varchar)".formatted(value);
    }
}
