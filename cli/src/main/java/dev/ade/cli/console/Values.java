package dev.ade.cli.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of a cursor as text, as DuckDB's own CSV would have it.
public final class Values {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter(java.util.Locale.ROOT);
    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(TIME)
                    .toFormatter(java.util.Locale.ROOT);

    private Values() {}

    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            case LocalTime time -> TIME.format(time);
            case LocalDateTime moment -> MOMENT.format(moment);
            case Instant instant -> MOMENT.format(instant.atOffset(ZoneOffset.UTC)) + "+00";
            case List<?> list ->
                    list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static String map(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
