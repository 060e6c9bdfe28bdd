package dev.ade.code.run;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/// What a component of a record may be, and the columns that it may stand for.
enum ValueKind {
    BOOLEAN(boolean.class, Boolean.class, Simple.BOOLEAN, new ArrowType.Bool()),
    INT(int.class, Integer.class, Simple.INTEGER, new ArrowType.Int(32, true)),
    LONG(long.class, Long.class, Simple.BIGINT, new ArrowType.Int(64, true), Simple.INTEGER),
    FLOAT(
            float.class,
            Float.class,
            Simple.FLOAT,
            new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
    DOUBLE(
            double.class,
            Double.class,
            Simple.DOUBLE,
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            Simple.FLOAT,
            Simple.INTEGER),
    DECIMAL(
            BigDecimal.class,
            new Type.Decimal(38, 10),
            new ArrowType.Decimal(38, 10, 128),
            Simple.INTEGER,
            Simple.BIGINT),
    TEXT(String.class, Simple.VARCHAR, new ArrowType.Utf8(), Simple.UUID),
    DATE(LocalDate.class, Simple.DATE, new ArrowType.Date(DateUnit.DAY)),
    TIME(LocalTime.class, Simple.TIME, new ArrowType.Time(TimeUnit.MICROSECOND, 64)),
    TIMESTAMP(
            LocalDateTime.class,
            Simple.TIMESTAMP,
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
    INSTANT(
            Instant.class,
            Simple.TIMESTAMPTZ,
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
    UUID_TEXT(UUID.class, Simple.UUID, new ArrowType.Utf8()),
    BYTES(byte[].class, Simple.BLOB, new ArrowType.Binary());

    private final Class<?> plain;
    private final Class<?> boxed;
    private final Type type;
    private final ArrowType arrow;
    private final List<Type> others;

    ValueKind(Class<?> plain, Class<?> boxed, Type type, ArrowType arrow, Type... others) {
        this.plain = plain;
        this.boxed = boxed;
        this.type = type;
        this.arrow = arrow;
        this.others = List.of(others);
    }

    ValueKind(Class<?> java, Type type, ArrowType arrow, Type... others) {
        this(java, java, type, arrow, others);
    }

    static Optional<ValueKind> of(Class<?> java) {
        return Arrays.stream(values())
                .filter(kind -> kind.plain == java || kind.boxed == java)
                .findFirst();
    }

    /// What a column may be declared as in Java; empty where there is nothing.
    static Optional<String> words(Type column) {
        String fitting =
                Arrays.stream(values())
                        .filter(kind -> kind.canHold(column))
                        .map(kind -> kind.plain.getSimpleName())
                        .collect(Collectors.joining(" or "));
        return Optional.of(fitting).filter(it -> !it.isEmpty());
    }

    /// The first of them that may be null.
    static Optional<String> boxed(Type column) {
        return Arrays.stream(values())
                .filter(kind -> kind.canHold(column))
                .map(kind -> kind.boxed.getSimpleName())
                .findFirst();
    }

    /// All Java types there are for columns.
    static String all() {
        return Arrays.stream(values())
                .map(kind -> kind.boxed.getSimpleName())
                .collect(Collectors.joining(", "));
    }

    Class<?> plain() {
        return plain;
    }

    Class<?> boxed() {
        return boxed;
    }

    /// The type of the column that it makes.
    Type type() {
        return type;
    }

    ArrowType arrow() {
        return arrow;
    }

    /// True where every value of such a column can be held without loss.
    boolean canHold(Type column) {
        boolean isAnyDecimal = this == DECIMAL && column instanceof Type.Decimal;
        return isAnyDecimal || type.equals(column) || others.contains(column);
    }
}
