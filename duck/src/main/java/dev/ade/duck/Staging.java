package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Puts rows of Java into a temporary table, past SQL: a statement a row would cost a thousand times as much.
final class Staging {
    private Staging() {}

    static void stage(
            DuckDBConnection connection,
            String table,
            Schema schema,
            Iterable<? extends List<? extends @Nullable Object>> rows) {
        String columns =
                schema.columns().stream()
                        .map(column -> Sql.quote(column.name()) + " " + column.type().sql())
                        .collect(Collectors.joining(", "));
        String sql = "create or replace temp table %s (%s)".formatted(Sql.quote(table), columns);
        try (PreparedStatement create = connection.prepareStatement(sql)) {
            create.execute();
            try (DuckDBAppender appender = connection.createAppender("temp", "main", table)) {
                for (List<? extends @Nullable Object> row : rows) {
                    append(appender, schema.columns(), row);
                }
            }
        } catch (SQLException e) {
            throw Errors.of(e, sql);
        }
    }

    private static void append(
            DuckDBAppender appender, List<Column> columns, List<? extends @Nullable Object> row)
            throws SQLException {
        appender.beginRow();
        for (int i = 0; i < columns.size(); i++) {
            append(appender, columns.get(i).type(), row.get(i));
        }
        appender.endRow();
    }

    private static void append(DuckDBAppender appender, Type type, @Nullable Object value)
            throws SQLException {
        if (value != null && type instanceof Type.Struct struct) {
            List<@Nullable Object> fields = fields(struct, value);
            appender.beginStruct();
            for (int i = 0; i < fields.size(); i++) {
                append(appender, struct.fields().get(i).type(), fields.get(i));
            }
            appender.endStruct();
            return;
        }
        switch (value == null ? null : exact(type, value)) {
            case null -> appender.appendNull();
            case Boolean truth -> appender.append(truth.booleanValue());
            case Integer number -> appender.append(number.intValue());
            case Long number -> appender.append(number.longValue());
            case Float number -> appender.append(number.floatValue());
            case Double number -> appender.append(number.doubleValue());
            case BigDecimal number -> appender.append(number);
            case String text -> appender.append(text);
            case byte[] bytes -> appender.append(bytes);
            case UUID uuid -> appender.append(uuid);
            case LocalDate day -> appender.append(day);
            case LocalTime time -> appender.append(time);
            case LocalDateTime time -> appender.append(time);
            case Instant instant -> appender.append(instant.atOffset(ZoneOffset.UTC));
            case Collection<?> list -> appender.append(list);
            case Map<?, ?> map -> appender.append(map);
            case Object other -> throw unfit(type, other);
        }
    }

    /// The value as the class that stands for its type: the appender converts nothing.
    private static Object exact(Type type, Object value) {
        return switch (type) {
            case Type.Decimal decimal -> exact(decimal, value);
            case Type.ListOf list when value instanceof Collection<?> some ->
                    elements(list.element(), some);
            case Type.Struct struct -> inner(struct, fields(struct, value));
            case Type.MapOf map when value instanceof Map<?, ?> some -> entries(map, some);
            case Type.ListOf _, Type.MapOf _ -> throw unfit(type, value);
            case Simple simple -> exact(simple, value);
        };
    }

    /// Never rounds: what has more digits is for the caller to reject.
    private static BigDecimal exact(Type.Decimal type, Object value) {
        BigDecimal number =
                value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        if (!type.holds(number)) {
            throw AdeException.data(
                    "Cannot stage a number as %s: it has more digits".formatted(type.sql()),
                    "Use a type with more digits, or round the value where it is made");
        }
        return number.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static Object exact(Simple type, Object value) {
        return switch (type) {
            case INTEGER -> Math.toIntExact(((Number) value).longValue());
            case BIGINT -> ((Number) value).longValue();
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case VARCHAR -> value.toString();
            case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, BLOB, UUID -> value;
        };
    }

    private static Collection<@Nullable Object> elements(Type type, Collection<?> values) {
        List<@Nullable Object> exact = new ArrayList<>(values.size());
        values.forEach(value -> exact.add(inner(type, value)));
        return exact;
    }

    /// A value within another, as the appender takes it there.
    private static @Nullable Object inner(Type type, @Nullable Object value) {
        return switch (value == null ? null : exact(type, value)) {
            case null -> null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Object other -> other;
        };
    }

    /// A struct in another is the list of its values.
    private static List<@Nullable Object> inner(Type.Struct struct, List<@Nullable Object> fields) {
        List<@Nullable Object> exact = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            exact.add(inner(struct.fields().get(i).type(), fields.get(i)));
        }
        return exact;
    }

    private static Map<@Nullable Object, @Nullable Object> entries(
            Type.MapOf type, Map<?, ?> values) {
        Map<@Nullable Object, @Nullable Object> exact = new LinkedHashMap<>();
        values.forEach(
                (key, value) -> exact.put(inner(type.key(), key), inner(type.value(), value)));
        return exact;
    }

    /// The values of a struct, by its fields.
    private static List<@Nullable Object> fields(Type.Struct struct, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw unfit(struct, value);
        }
        List<@Nullable Object> fields = new ArrayList<>(struct.fields().size());
        struct.fields().forEach(field -> fields.add(map.get(field.name())));
        return fields;
    }

    private static IllegalArgumentException unfit(Type type, Object value) {
        return new IllegalArgumentException(
                "Cannot stage a %s as %s".formatted(value.getClass().getSimpleName(), type.sql()));
    }
}
