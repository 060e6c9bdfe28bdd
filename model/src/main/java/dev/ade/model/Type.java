package dev.ade.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A column's type, as every engine and table format that ADE joins can hold it.
/// `sql()` is its name in DuckDB's dialect; `TypeParser` reads such names.
public sealed interface Type {
    /// The name of this type in SQL.
    String sql();

    /// Reads a SQL type name. Types that cannot be stored become the nearest that can:
    /// TINYINT to INTEGER, HUGEINT to DECIMAL(38,0), JSON, ENUM, INTERVAL, BIT and TIMETZ to VARCHAR, TIMESTAMP_NS to TIMESTAMP.
    static Type parse(String text) {
        return new TypeParser(text).parse();
    }

    /// Types without parameters.
    enum Simple implements Type {
        BOOLEAN,
        INTEGER,
        BIGINT,
        FLOAT,
        DOUBLE,
        DATE,
        /// Time of day, microseconds.
        TIME,
        /// Date and time without a zone, microseconds.
        TIMESTAMP,
        /// An instant, microseconds, shown in UTC.
        TIMESTAMPTZ,
        VARCHAR,
        BLOB,
        UUID;

        @Override
        public String sql() {
            return this == TIMESTAMPTZ ? "TIMESTAMP WITH TIME ZONE" : name();
        }
    }

    /// Exact numbers: 1 to 38 digits, `scale` of them behind the point.
    record Decimal(int precision, int scale) implements Type {
        public static final int PRECISION_MAX = 38;

        public Decimal {
            if (precision < 1 || precision > PRECISION_MAX || scale < 0 || scale > precision) {
                throw AdeException.user(
                        "Cannot use DECIMAL(%d,%d): precision is 1 to %d, scale 0 to precision"
                                .formatted(precision, scale, PRECISION_MAX),
                        "Choose a smaller precision or scale");
            }
        }

        /// Whether it keeps every digit of `number`.
        public boolean holds(BigDecimal number) {
            if (number.signum() == 0) {
                return true;
            }
            BigDecimal plain = number.stripTrailingZeros();
            return plain.scale() <= scale && plain.precision() - plain.scale() <= precision - scale;
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }
    }

    record ListOf(Type element) implements Type {
        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    record Struct(List<Column> fields) implements Type {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(field -> Sql.quote(field.name()) + " " + field.type().sql())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
    }

    record MapOf(Type key, Type value) implements Type {
        @Override
        public String sql() {
            return "MAP(" + key.sql() + ", " + value.sql() + ")";
        }
    }

    /// True for numbers.
    default boolean isNumeric() {
        return switch (this) {
            case Simple simple ->
                    switch (simple) {
                        case INTEGER, BIGINT, FLOAT, DOUBLE -> true;
                        case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, VARCHAR, BLOB, UUID ->
                                false;
                    };
            case Decimal _ -> true;
            case ListOf _, Struct _, MapOf _ -> false;
        };
    }

    /// True for DATE, TIMESTAMP and TIMESTAMPTZ: what an event-time column may be.
    default boolean isTemporal() {
        return this == Simple.DATE || this == Simple.TIMESTAMP || this == Simple.TIMESTAMPTZ;
    }

    /// True for lists, structs and maps.
    default boolean isNested() {
        return switch (this) {
            case Simple _, Decimal _ -> false;
            case ListOf _, Struct _, MapOf _ -> true;
        };
    }

    /// Lower-case name for people.
    default String text() {
        return sql().toLowerCase(Locale.ROOT);
    }
}
