package dev.ade.ingest.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads one value of one type as PostgreSQL sends it in binary, without a change. (PostgreSQL's documentation of COPY;
/// the send functions of each type.)
@FunctionalInterface
interface PgDecoder {
    /// Days from 1970-01-01 to 2000-01-01, from where PostgreSQL counts.
    int EPOCH_DAYS = 10_957;

    long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
    long DAY_MICROS = 86_400_000_000L;
    long SECOND_MICROS = 1_000_000;
    long MICRO_NANOS = 1_000;

    /// Reads all of it, also where it is unfit by what it says.
    ///
    /// @param length in bytes
    /// @throws Unfit for a value that no type here holds
    Object read(CopyBuffer in, int length) throws SQLException, IOException, Unfit;

    static Object date(CopyBuffer in) throws SQLException, IOException, Unfit {
        int days = in.int4();
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw infinite(days > 0, "DATE");
        }
        return LocalDate.ofEpochDay((long) days + EPOCH_DAYS);
    }

    static Object time(CopyBuffer in) throws SQLException, IOException, Unfit {
        long micros = in.int8();
        if (micros >= DAY_MICROS) {
            throw new Unfit("24:00:00", "24:00:00 fits no TIME, which ends before midnight");
        }
        return LocalTime.ofNanoOfDay(micros * MICRO_NANOS);
    }

    static Object timestamp(CopyBuffer in) throws SQLException, IOException, Unfit {
        long micros = micros(in, "TIMESTAMP");
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, SECOND_MICROS), nanos(micros), ZoneOffset.UTC);
    }

    static Object timestamptz(CopyBuffer in) throws SQLException, IOException, Unfit {
        return Instant.EPOCH.plus(micros(in, "TIMESTAMP WITH TIME ZONE"), ChronoUnit.MICROS);
    }

    private static int nanos(long micros) {
        return (int) (Math.floorMod(micros, SECOND_MICROS) * MICRO_NANOS);
    }

    /// Since 1970. The last 29 years that PostgreSQL knows are past what 64 bits hold from there.
    private static long micros(CopyBuffer in, String type) throws SQLException, IOException, Unfit {
        long micros = in.int8();
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            throw infinite(micros > 0, type);
        }
        if (micros >= Long.MAX_VALUE - EPOCH_MICROS) {
            throw new Unfit(
                    "a late date", "it is later than any " + type + ", which ends in 294247");
        }
        return micros + EPOCH_MICROS;
    }

    private static Unfit infinite(boolean isLate, String type) {
        String value = isLate ? "infinity" : "-infinity";
        return new Unfit(value, value + " fits no " + type);
    }

    static Object decimal(CopyBuffer in) throws SQLException, IOException, Unfit {
        BigDecimal value = PgNumeric.read(in);
        return value;
    }

    static Object uuid(CopyBuffer in) throws SQLException, IOException {
        return new UUID(in.int8(), in.int8());
    }

    /// A list of what `element` reads.
    static PgDecoder list(PgDecoder element) {
        return (in, length) -> {
            int dimensions = in.int4();
            in.int4();
            in.int4();
            if (dimensions > 1) {
                in.skip(length - 3 * Integer.BYTES);
                throw new Unfit(
                        "an array", "an array of %d dimensions fits no list".formatted(dimensions));
            }
            int size = 0;
            if (dimensions == 1) {
                size = in.int4();
                in.int4();
            }
            return elements(in, element, size);
        };
    }

    private static List<@Nullable Object> elements(CopyBuffer in, PgDecoder element, int size)
            throws SQLException, IOException, Unfit {
        List<@Nullable Object> values = new ArrayList<>(size);
        Unfit first = null;
        for (int i = 0; i < size; i++) {
            int length = in.int4();
            try {
                values.add(length < 0 ? null : element.read(in, length));
            } catch (Unfit e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return values;
    }
}
