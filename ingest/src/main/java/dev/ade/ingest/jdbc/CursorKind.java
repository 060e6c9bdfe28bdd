package dev.ade.ingest.jdbc;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What kind of values a cursor has: how a position is written, and what lies an overlap below it.
enum CursorKind {
    NUMBER,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    /// Times as texts, in a database that has no times of its own; compared as texts.
    TEXT;

    private static final long DAY_SECONDS = 86_400;

    /// The place of the character between a date and a time.
    private static final int GAP = 10;

    static Optional<CursorKind> of(Type type) {
        return switch (type) {
            case Simple simple ->
                    switch (simple) {
                        case INTEGER, BIGINT -> Optional.of(NUMBER);
                        case DATE -> Optional.of(DATE);
                        case TIMESTAMP -> Optional.of(TIMESTAMP);
                        case TIMESTAMPTZ -> Optional.of(TIMESTAMPTZ);
                        case BOOLEAN, FLOAT, DOUBLE, TIME, BLOB, VARCHAR, UUID -> Optional.empty();
                    };
            case Type.Decimal _ -> Optional.of(NUMBER);
            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> Optional.empty();
        };
    }

    /// The value that a position tells.
    Object parse(String position) {
        return switch (this) {
            case NUMBER -> new BigDecimal(position);
            case DATE -> LocalDate.parse(position);
            case TIMESTAMP -> LocalDateTime.parse(position);
            case TIMESTAMPTZ -> Instant.parse(position);
            case TEXT -> position;
        };
    }

    /// A value so much below; empty where the overlap does not fit.
    Optional<Object> below(Object value, Overlap overlap) {
        return switch (overlap) {
            case Overlap.None _ -> Optional.of(value);
            case Overlap.Count count ->
                    value instanceof BigDecimal number
                            ? Optional.of(number.subtract(BigDecimal.valueOf(count.count())))
                            : Optional.empty();
            case Overlap.Time time -> below(value, time.time().toSeconds());
        };
    }

    private static Optional<Object> below(Object value, long seconds) {
        return switch (value) {
            case LocalDate date -> Optional.of(date.minusDays(Math.ceilDiv(seconds, DAY_SECONDS)));
            case LocalDateTime time -> Optional.of(time.minusSeconds(seconds));
            case Instant time -> Optional.of(time.minusSeconds(seconds));
            case String text -> Optional.of(textBelow(text, seconds));
            default -> Optional.empty();
        };
    }

    /// In the same shape, so that it compares as it should; a text that is no time has nothing below but everything.
    private static String textBelow(String text, long seconds) {
        try {
            if (text.length() == GAP) {
                return LocalDate.parse(text)
                        .minusDays(Math.ceilDiv(seconds, DAY_SECONDS))
                        .toString();
            }
            LocalDateTime time = LocalDateTime.parse(text.substring(0, GAP) + 'T' + clock(text));
            return time.minusSeconds(seconds)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .format(
                            DateTimeFormatter.ofPattern(
                                    "uuuu-MM-dd'" + text.charAt(GAP) + "'HH:mm:ss"));
        } catch (java.time.DateTimeException | StringIndexOutOfBoundsException _) {
            return "";
        }
    }

    private static String clock(String text) {
        return text.substring(GAP + 1).replaceFirst("(Z|[+-]\\d\\d(:?\\d\\d)?)$", "");
    }
}
