package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaValues;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/// Reads dates and times of the log. Those that are none are an `Unfit`, with the reason that `jdbc:` gives.
final class Times {
    private static final int[] MICROS = {1, 10_000, 100, 1};
    private static final int NANOS = 1_000;
    private static final long DATETIME_ZERO = 0x80_0000_0000L;
    private static final long TIME_ZERO = 0x80_0000L;
    private static final int MONTHS = 13;
    private static final int SIX_BITS = 0x3F;
    private static final int BYTE_BITS = 8;
    private static final int HOURS = 24;

    private Times() {}

    static Object date(Bytes in) {
        int value = (int) in.number(3);
        return date(value >> 9, (value >> 5) & 0xF, value & 0x1F);
    }

    private static Object date(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException _) {
            return MariaValues.noDate(day(year, month, day), "DATE");
        }
    }

    private static String day(int year, int month, int day) {
        return "%04d-%02d-%02d".formatted(year, month, day);
    }

    static Object datetime(Bytes in, Physical column) {
        long value = in.bigEndian(5) - DATETIME_ZERO;
        int micros = micros(in, column);
        long days = value >> 17;
        int months = (int) (days >> 5);
        int time = (int) (value & 0x1_FFFF);
        LocalTime ofDay = time(time, micros);
        int day = (int) (days & 0x1F);
        try {
            return LocalDateTime.of(LocalDate.of(months / MONTHS, months % MONTHS, day), ofDay);
        } catch (DateTimeException _) {
            return MariaValues.noDate(
                    day(months / MONTHS, months % MONTHS, day)
                            + ' '
                            + clock(time)
                            + fraction(micros, column),
                    "TIMESTAMP");
        }
    }

    private static LocalTime time(int packed, int micros) {
        return LocalTime.of(
                packed >> 12, (packed >> 6) & SIX_BITS, packed & SIX_BITS, micros * NANOS);
    }

    /// The first second of 1970 is what the server keeps for no date.
    static Object timestamp(Bytes in, Physical column) {
        long seconds = in.bigEndian(4);
        int micros = micros(in, column);
        if (seconds == 0 && micros == 0) {
            return MariaValues.noDate(
                    "0000-00-00 00:00:00" + fraction(micros, column), "TIMESTAMP WITH TIME ZONE");
        }
        return Instant.ofEpochSecond(seconds, (long) micros * NANOS);
    }

    private static int micros(Bytes in, Physical column) {
        int bytes = column.fraction();
        return bytes == 0 ? 0 : (int) in.bigEndian(bytes) * MICROS[bytes];
    }

    /// Fractions below zero borrow from the second, so that all bytes are in order: they are one number.
    static Object time(Bytes in, Physical column) {
        int bytes = column.fraction();
        long zero = TIME_ZERO << (bytes * BYTE_BITS);
        long value = in.bigEndian(3 + bytes) - zero;
        long size = Math.abs(value);
        int packed = (int) (size >> (bytes * BYTE_BITS));
        int micros = (int) (size & ((1L << (bytes * BYTE_BITS)) - 1)) * MICROS[bytes];
        if (value < 0 || packed >> 12 >= HOURS) {
            return MariaValues.noTime(
                    (value < 0 ? "-" : "") + clock(packed) + fraction(micros, column));
        }
        return time(packed, micros);
    }

    /// As JSON has them: one number for all, with the microseconds in its lowest bits.
    ///
    /// @param code the type: a date, a time or both
    static String packed(long value, int code) {
        long size = Math.abs(value);
        int micros = (int) (size & 0xFF_FFFF);
        long whole = size >> (3 * BYTE_BITS);
        String fraction = ".%06d".formatted(micros);
        if (code == Physical.OLD_TIME) {
            return (value < 0 ? "-" : "") + clock((int) whole) + fraction;
        }
        String clock = clock((int) (whole & 0x1_FFFF)) + fraction;
        int months = (int) (whole >> 22);
        String day = day(months / MONTHS, months % MONTHS, (int) (whole >> 17) & 0x1F);
        return code == Physical.DATE ? day : day + " " + clock;
    }

    private static String clock(int packed) {
        return "%02d:%02d:%02d"
                .formatted(packed >> 12, (packed >> 6) & SIX_BITS, packed & SIX_BITS);
    }

    /// As many digits as the column has.
    private static String fraction(int micros, Physical column) {
        return column.more() == 0 ? "" : "." + "%06d".formatted(micros).substring(0, column.more());
    }
}
