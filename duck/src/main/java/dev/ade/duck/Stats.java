package dev.ade.duck;

import dev.ade.model.Field;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.WrittenFile.ColumnStats;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What COPY's RETURN_STATS says about columns, typed. Bounds that cannot be trusted are left out.
final class Stats {
    private static final int TEXT_MAX = 256;
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .toFormatter(java.util.Locale.ROOT);

    private Stats() {}

    static Map<Integer, ColumnStats> of(Map<?, ?> stats, List<Field> fields) {
        Map<Integer, ColumnStats> typed = new HashMap<>();
        for (Field field : fields) {
            add(typed, stats, field, quoted(field.name()));
        }
        return typed;
    }

    private static void add(
            Map<Integer, ColumnStats> typed, Map<?, ?> stats, Field field, String path) {
        for (Field child : field.children()) {
            add(typed, stats, child, path + "." + quoted(child.name()));
        }
        if (stats.get(path) instanceof Map<?, ?> column) {
            typed.put(field.id(), stats(field.type(), column));
        }
    }

    private static ColumnStats stats(Type type, Map<?, ?> column) {
        boolean hasNan = "true".equals(text(column, "has_nan"));
        return new ColumnStats(
                number(column, "column_size_bytes"),
                number(column, "num_values"),
                number(column, "null_count"),
                hasNan ? null : bound(type, column, "min"),
                hasNan ? null : bound(type, column, "max"));
    }

    private static @Nullable Object bound(Type type, Map<?, ?> column, String which) {
        String text = text(column, which);
        boolean isExact = !"false".equals(text(column, which + "_is_exact"));
        if (text == null || !isExact || text.length() > TEXT_MAX) {
            return null;
        }
        return value(type, text);
    }

    static @Nullable Object value(Type type, String text) {
        try {
            return switch (type) {
                case Type.Decimal _ -> new BigDecimal(text);
                case Type.ListOf _, Type.Struct _, Type.MapOf _ -> null;
                case Simple simple -> simple(simple, text);
            };
        } catch (RuntimeException unreadable) {
            return null; // such as infinity: no bound is better than a wrong one
        }
    }

    private static @Nullable Object simple(Simple type, String text) {
        return switch (type) {
            case BOOLEAN -> bool(text);
            case INTEGER -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case FLOAT -> zero(Float.valueOf(text));
            case DOUBLE -> zero(Double.valueOf(text));
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text, TIMESTAMP);
            case TIMESTAMPTZ -> instant(text);
            case VARCHAR -> text;
            case UUID -> UUID.fromString(text);
            case BLOB -> null;
        };
    }

    /// The engine says 0 and 1.
    private static @Nullable Boolean bool(String text) {
        return switch (text) {
            case "0", "false" -> false;
            case "1", "true" -> true;
            default -> null;
        };
    }

    /// Zero may stand for minus zero, which orders below it: no bound then.
    private static @Nullable Object zero(Number number) {
        return number.doubleValue() == 0 ? null : number;
    }

    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        return OffsetDateTime.parse(iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso).toInstant();
    }

    private static long number(Map<?, ?> column, String key) {
        String text = text(column, key);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static @Nullable String text(Map<?, ?> column, String key) {
        Object value = column.get(key);
        return value == null ? null : value.toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
