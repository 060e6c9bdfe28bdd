package dev.ade.ingest.columns;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/// Vectors of numbers, times and UUIDs.
final class Plain {
    private static final long MICRO_NANOS = 1_000;

    private Plain() {}

    static final class Ints extends Fixed {
        Ints(BufferAllocator allocator, Simple type) {
            super(
                    allocator,
                    type,
                    type == Simple.DATE
                            ? new ArrowType.Date(DateUnit.DAY)
                            : new ArrowType.Int(Integer.SIZE, true),
                    Integer.BYTES);
        }

        @Override
        public void whole(long value) {
            room().setInt(place(), Math.toIntExact(value));
            some();
        }

        @Override
        void plain(Object value) {
            whole(
                    value instanceof LocalDate day && type() == Simple.DATE
                            ? day.toEpochDay()
                            : number(value));
        }

        private long number(Object value) {
            if (type() == Simple.DATE) {
                throw new ClassCastException();
            }
            return ((Number) value).longValue();
        }
    }

    static final class Longs extends Fixed {
        Longs(BufferAllocator allocator, Simple type) {
            super(allocator, type, arrow(type), Long.BYTES);
        }

        private static ArrowType arrow(Simple type) {
            return switch (type) {
                case BIGINT -> new ArrowType.Int(Long.SIZE, true);
                case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
                case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
                case TIMESTAMPTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
                case BOOLEAN, INTEGER, FLOAT, DOUBLE, DATE, VARCHAR, BLOB, UUID ->
                        throw new IllegalArgumentException("no long: " + type);
            };
        }

        @Override
        public void whole(long value) {
            room().setLong(place(), value);
            some();
        }

        @Override
        void plain(Object value) {
            whole(
                    switch ((Simple) type()) {
                        case TIME -> ((LocalTime) value).toNanoOfDay() / MICRO_NANOS;
                        case TIMESTAMP -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
                        case TIMESTAMPTZ -> micros((Instant) value);
                        case BIGINT -> ((Number) value).longValue();
                        case BOOLEAN, INTEGER, FLOAT, DOUBLE, DATE, VARCHAR, BLOB, UUID ->
                                throw new ClassCastException();
                    });
        }

        private static long micros(Instant instant) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }
    }

    static final class Floats extends Fixed {
        Floats(BufferAllocator allocator) {
            super(
                    allocator,
                    Simple.FLOAT,
                    new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
                    Float.BYTES);
        }

        @Override
        public void real(double value) {
            room().setFloat(place(), (float) value);
            some();
        }

        @Override
        void plain(Object value) {
            room().setFloat(place(), ((Number) value).floatValue());
            some();
        }
    }

    static final class Doubles extends Fixed {
        Doubles(BufferAllocator allocator) {
            super(
                    allocator,
                    Simple.DOUBLE,
                    new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
                    Double.BYTES);
        }

        @Override
        public void real(double value) {
            room().setDouble(place(), value);
            some();
        }

        @Override
        void plain(Object value) {
            real(((Number) value).doubleValue());
        }
    }

    /// Arrow has UUIDs as an extension of 16 bytes, the highest first.
    static final class Uuids extends Fixed {
        private static final int WIDTH = 2 * Long.BYTES;

        Uuids(BufferAllocator allocator) {
            super(allocator, Simple.UUID, new ArrowType.FixedSizeBinary(WIDTH), WIDTH);
        }

        @Override
        public void bits(long most, long least) {
            room().setLong(place(), Long.reverseBytes(most));
            room().setLong(place() + Long.BYTES, Long.reverseBytes(least));
            some();
        }

        @Override
        void plain(Object value) {
            UUID uuid = (UUID) value;
            bits(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        }

        @Override
        Map<String, String> more() {
            return Map.of("ARROW:extension:name", "arrow.uuid", "ARROW:extension:metadata", "");
        }
    }

    static Vector of(BufferAllocator allocator, Simple type) {
        return switch (type) {
            case BOOLEAN -> new Bits(allocator);
            case INTEGER, DATE -> new Ints(allocator, type);
            case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ -> new Longs(allocator, type);
            case FLOAT -> new Floats(allocator);
            case DOUBLE -> new Doubles(allocator);
            case UUID -> new Uuids(allocator);
            case VARCHAR, BLOB -> new Bytes(allocator, type);
        };
    }

    static Vector of(BufferAllocator allocator, Type type) {
        return switch (type) {
            case Simple simple -> of(allocator, simple);
            case Type.Decimal decimal -> new Decimals(allocator, decimal);
            case Type.ListOf list -> new Lists(allocator, list);
            case Type.Struct struct -> new Structs(allocator, struct);
            case Type.MapOf map -> new Maps(allocator, map);
        };
    }
}
