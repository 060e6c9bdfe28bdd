package dev.ade.ingest.singer;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A property of a stream's JSON schema as a column. What is nested, or may be of several types, is JSON text.
///
/// @param property its name in records
record SingerColumn(String property, Column column) {
    private static final int PRECISION = 38;
    private static final int SCALE_MAX = 18;

    static List<SingerColumn> of(Map<?, ?> schema) {
        List<SingerColumn> columns = new ArrayList<>();
        Json.member(schema, "properties")
                .forEach((name, property) -> {
                    Map<?, ?> one = property instanceof Map<?, ?> map ? map : Map.of();
                    columns.add(
                            new SingerColumn(
                                    String.valueOf(name),
                                    new Column(String.valueOf(name), type(one))));
                });
        return columns;
    }

    static Schema schema(List<SingerColumn> columns) {
        return new Schema(columns.stream().map(SingerColumn::column).toList());
    }

    private static Type type(Map<?, ?> property) {
        List<Type> alternatives =
                Stream.of("anyOf", "oneOf")
                        .flatMap(key -> Json.list(property, key).stream())
                        .filter(Map.class::isInstance)
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> !"null".equals(one.get("type")))
                        .<Type>map(SingerColumn::type)
                        .distinct()
                        .toList();
        if (alternatives.size() == 1) {
            return alternatives.getFirst();
        }
        Object said = property.get("type");
        List<String> types =
                (said instanceof List<?> several ? several.stream() : Stream.ofNullable(said))
                        .map(String::valueOf)
                        .filter(one -> !one.equals("null"))
                        .toList();
        return types.size() == 1 && alternatives.isEmpty()
                ? type(types.getFirst(), property)
                : Simple.VARCHAR;
    }

    private static Type type(String type, Map<?, ?> property) {
        return switch (type) {
            case "boolean" -> Simple.BOOLEAN;
            case "integer" -> isLong(property) ? Simple.BIGINT : new Type.Decimal(PRECISION, 0);
            case "number" -> numeric(property.get("multipleOf"));
            case "string" ->
                    switch (String.valueOf(property.get("format"))) {
                        case "date-time" -> Simple.TIMESTAMPTZ;
                        case "date" -> Simple.DATE;
                        case "time" -> Simple.TIME;
                        default -> Simple.VARCHAR;
                    };
            default -> Simple.VARCHAR;
        };
    }

    private static boolean isLong(Map<?, ?> property) {
        return Stream.of("minimum", "maximum")
                .map(property::get)
                .noneMatch(bound ->
                        bound instanceof BigInteger number && number.bitLength() >= Long.SIZE);
    }

    /// `multipleOf: 0.01` says that there are two digits behind the point.
    private static Type numeric(@Nullable Object multipleOf) {
        int scale =
                switch (multipleOf) {
                    case BigDecimal step -> step.stripTrailingZeros().scale();
                    case BigInteger _ -> 0;
                    case null, default -> -1;
                };
        return scale >= 0 && scale <= SCALE_MAX
                ? new Type.Decimal(PRECISION, scale)
                : Simple.DOUBLE;
    }

    /// @throws IllegalArgumentException for what does not fit, without the value
    @Nullable Object value(Map<?, ?> row) {
        Object value = row.get(property);
        if (value == null) {
            return null;
        }
        try {
            return switch (column.type()) {
                case Type.Decimal decimal -> number(value).setScale(decimal.scale());
                case Simple simple -> simple(simple, value);
                case Type.ListOf _, Type.Struct _, Type.MapOf _ -> Json.text(value);
            };
        } catch (ArithmeticException | DateTimeException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "a value of '%s' is no %s, as its schema says"
                            .formatted(property, column.type().sql()),
                    e);
        }
    }

    private static Object simple(Simple type, Object value) {
        return switch (type) {
            case BOOLEAN -> (Boolean) value;
            case BIGINT -> number(value).longValueExact();
            case INTEGER -> number(value).intValueExact();
            case DOUBLE -> number(value).doubleValue();
            case FLOAT -> number(value).floatValue();
            case TIMESTAMPTZ -> instant((String) value);
            case TIMESTAMP -> LocalDateTime.parse((String) value);
            case DATE -> LocalDate.parse(first((String) value));
            case TIME -> LocalTime.parse(UTC.matcher((String) value).replaceFirst(""));
            case VARCHAR, UUID, BLOB -> value instanceof String text ? text : Json.text(value);
        };
    }

    /// JSON schema has every time told with its offset.
    private static final Pattern UTC = Pattern.compile("([zZ]|[+-]00:00)$");

    private static BigDecimal number(Object value) {
        return value instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) value;
    }

    /// Some taps write a date as the midnight it begins at.
    private static String first(String date) {
        return date.endsWith("T00:00:00Z") || date.endsWith("T00:00:00+00:00")
                ? date.substring(0, date.indexOf('T'))
                : date;
    }

    /// A time without a zone is of UTC, as taps mean it.
    private static Instant instant(String text) {
        TemporalAccessor read =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T"),
                        OffsetDateTime::from,
                        LocalDateTime::from);
        return read instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
    }
}
