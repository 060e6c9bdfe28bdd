package dev.ade.code.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/// Puts values into vectors, one method for each Java type; vectors grow as they need.
final class Writing {
    private static final long MICROS = 1_000_000;

    private Writing() {}

    static void put(FieldVector vector, int row, boolean value) {
        ((BitVector) vector).setSafe(row, value ? 1 : 0);
    }

    static void put(FieldVector vector, int row, int value) {
        ((IntVector) vector).setSafe(row, value);
    }

    static void put(FieldVector vector, int row, long value) {
        ((BigIntVector) vector).setSafe(row, value);
    }

    static void put(FieldVector vector, int row, float value) {
        ((Float4Vector) vector).setSafe(row, value);
    }

    static void put(FieldVector vector, int row, double value) {
        ((Float8Vector) vector).setSafe(row, value);
    }

    static void put(FieldVector vector, int row, BigDecimal value) {
        DecimalVector decimals = (DecimalVector) vector;
        BigDecimal scaled = value.setScale(decimals.getScale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > decimals.getPrecision()) {
            throw new ArithmeticException("more digits than the column has");
        }
        decimals.setSafe(row, scaled);
    }

    static void put(FieldVector vector, int row, String value) {
        ((VarCharVector) vector).setSafe(row, value.getBytes(StandardCharsets.UTF_8));
    }

    static void put(FieldVector vector, int row, LocalDate value) {
        ((DateDayVector) vector).setSafe(row, Math.toIntExact(value.toEpochDay()));
    }

    static void put(FieldVector vector, int row, LocalTime value) {
        ((TimeMicroVector) vector).setSafe(row, value.toNanoOfDay() / 1_000);
    }

    static void put(FieldVector vector, int row, LocalDateTime value) {
        put((TimeStampVector) vector, row, value.toInstant(ZoneOffset.UTC));
    }

    static void put(FieldVector vector, int row, Instant value) {
        put((TimeStampVector) vector, row, value);
    }

    /// What is less than a microsecond is cut off towards the past, as reading would.
    private static void put(TimeStampVector vector, int row, Instant value) {
        long micros = Math.multiplyExact(value.getEpochSecond(), MICROS);
        vector.setSafe(row, Math.addExact(micros, value.getNano() / 1_000));
    }

    static void put(FieldVector vector, int row, UUID value) {
        put(vector, row, value.toString());
    }

    static void put(FieldVector vector, int row, byte[] value) {
        ((VarBinaryVector) vector).setSafe(row, value);
    }
}
