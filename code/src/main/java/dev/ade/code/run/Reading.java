package dev.ade.code.run;

import java.math.BigDecimal;
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
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/// Values of vectors, one method for each Java type. None of them is asked for a value that is null.
final class Reading {
    private static final long MICROS = 1_000_000;

    private Reading() {}

    static boolean booleanOf(FieldVector vector, int row) {
        return ((BitVector) vector).get(row) != 0;
    }

    static int intOf(FieldVector vector, int row) {
        return ((IntVector) vector).get(row);
    }

    static long longOf(FieldVector vector, int row) {
        return vector instanceof BigIntVector big ? big.get(row) : ((IntVector) vector).get(row);
    }

    static float floatOf(FieldVector vector, int row) {
        return ((Float4Vector) vector).get(row);
    }

    static double doubleOf(FieldVector vector, int row) {
        return switch (vector) {
            case Float8Vector doubles -> doubles.get(row);
            case Float4Vector floats -> floats.get(row);
            case IntVector ints -> ints.get(row);
            default -> throw unexpected(vector);
        };
    }

    static BigDecimal decimalOf(FieldVector vector, int row) {
        return switch (vector) {
            case DecimalVector decimals -> decimals.getObject(row);
            case BigIntVector longs -> BigDecimal.valueOf(longs.get(row));
            case IntVector ints -> BigDecimal.valueOf(ints.get(row));
            default -> throw unexpected(vector);
        };
    }

    static String textOf(FieldVector vector, int row) {
        return new String(((VarCharVector) vector).get(row), StandardCharsets.UTF_8);
    }

    static LocalDate dateOf(FieldVector vector, int row) {
        return LocalDate.ofEpochDay(((DateDayVector) vector).get(row));
    }

    static LocalTime timeOf(FieldVector vector, int row) {
        return LocalTime.ofNanoOfDay(((TimeMicroVector) vector).get(row) * 1_000);
    }

    static LocalDateTime timestampOf(FieldVector vector, int row) {
        long micros = ((TimeStampMicroVector) vector).get(row);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS),
                (int) Math.floorMod(micros, MICROS) * 1_000,
                ZoneOffset.UTC);
    }

    static Instant instantOf(FieldVector vector, int row) {
        long micros = ((TimeStampMicroTZVector) vector).get(row);
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
    }

    static UUID uuidOf(FieldVector vector, int row) {
        return UUID.fromString(textOf(vector, row));
    }

    static byte[] bytesOf(FieldVector vector, int row) {
        return ((VarBinaryVector) vector).get(row);
    }

    private static IllegalArgumentException unexpected(FieldVector vector) {
        return new IllegalArgumentException("not such a column: " + vector.getField());
    }
}
