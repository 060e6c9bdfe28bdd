package dev.ade.ingest.jdbc;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Values of SQLite, in which any column may hold any kind: integers of 64 bits, doubles, texts, bytes. What is not of
/// the kind its column says is refused, never guessed.
final class SqliteValues {
    private static final int DATE_LENGTH = 10;

    private SqliteValues() {}

    @FunctionalInterface
    interface Conversion {
        /// @param value an Integer, a Long, a Double, a String or bytes
        Object of(Object value) throws Unfit;
    }

    static PlainColumn.Reader reader(Conversion conversion) {
        return (rows, index) -> {
            @Nullable Object value = rows.getObject(index);
            return value == null ? null : conversion.of(value);
        };
    }

    static Object integer(Object value) throws Unfit {
        return switch (value) {
            case Integer number -> number.longValue();
            case Long number -> number;
            default -> throw unfit(value, "BIGINT");
        };
    }

    static Object bool(Object value) throws Unfit {
        return switch (value) {
            case Integer number when number == 0 || number == 1 -> number == 1;
            case Long number when number == 0 || number == 1 -> number == 1;
            default -> throw unfit(value, "BOOLEAN");
        };
    }

    /// An integer that a double does not hold is none.
    static Object real(Object value) throws Unfit {
        return switch (value) {
            case Double number -> number;
            case Integer number -> number.doubleValue();
            case Long number
                    when (long) number.doubleValue() == number && number < Long.MAX_VALUE ->
                    number.doubleValue();
            default -> throw unfit(value, "DOUBLE");
        };
    }

    /// Numbers as SQLite writes them.
    static Object text(Object value) throws Unfit {
        return switch (value) {
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Double number -> plain(number);
            default -> throw unfit(value, "VARCHAR");
        };
    }

    private static String plain(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).toPlainString()
                : String.valueOf(number);
    }

    static Object blob(Object value) throws Unfit {
        return switch (value) {
            case byte[] bytes -> bytes;
            default -> throw unfit(value, "BLOB");
        };
    }

    static Object date(Object value) throws Unfit {
        if (value instanceof String text && text.length() == DATE_LENGTH) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException _) {
                throw unfit(value, "DATE");
            }
        }
        throw unfit(value, "DATE");
    }

    /// A time with an offset is told in UTC.
    static Object timestamp(Object value) throws Unfit {
        if (!(value instanceof String text) || text.length() < DATE_LENGTH) {
            throw unfit(value, "TIMESTAMP");
        }
        try {
            return timestamp(text);
        } catch (DateTimeException _) {
            throw unfit(value, "TIMESTAMP");
        }
    }

    private static Object timestamp(String text) throws Unfit {
        if (text.length() == DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay();
        }
        String time = text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1);
        boolean isZoned = time.endsWith("Z") || time.indexOf('+') > 0 || time.lastIndexOf('-') > 8;
        LocalDateTime local =
                isZoned
                        ? OffsetDateTime.parse(time)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime()
                        : LocalDateTime.parse(time);
        return Micros.of(local);
    }

    private static Unfit unfit(Object value, String type) {
        String kind =
                switch (value) {
                    case Integer _, Long _ -> "an integer";
                    case Double _ -> "a number with a fraction";
                    case String _ -> "a text";
                    default -> "bytes";
                };
        return new Unfit(
                value instanceof byte[] ? "bytes" : value.toString(),
                "%s of SQLite that fits no %s".formatted(kind, type));
    }
}
