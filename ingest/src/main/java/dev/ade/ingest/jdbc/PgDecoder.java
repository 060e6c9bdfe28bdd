package dev.ade.ingest.jdbc;

import dev.ade.spi.Cell;
import java.io.IOException;
import java.sql.SQLException;

/// Reads one value of one type as PostgreSQL sends it in binary, and puts it where it goes without a change.
/// (PostgreSQL's documentation of COPY; the send functions of each type.)
@FunctionalInterface
interface PgDecoder {
    /// Days from 1970-01-01 to 2000-01-01, from where PostgreSQL counts.
    int EPOCH_DAYS = 10_957;

    long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
    long DAY_MICROS = 86_400_000_000L;

    /// Reads all of it, also where it is unfit by what it says.
    ///
    /// @param length in bytes
    /// @param out takes it
    /// @throws Unfit for a value that no type here holds
    void read(CopyBuffer in, int length, Cell out) throws SQLException, IOException, Unfit;

    static void date(CopyBuffer in, Cell out) throws SQLException, IOException, Unfit {
        int days = in.int4();
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw infinite(days > 0, "DATE");
        }
        out.whole((long) days + EPOCH_DAYS);
    }

    static void time(CopyBuffer in, Cell out) throws SQLException, IOException, Unfit {
        long micros = in.int8();
        if (micros >= DAY_MICROS) {
            throw new Unfit("24:00:00", "24:00:00 fits no TIME, which ends before midnight");
        }
        out.whole(micros);
    }

    static void timestamp(CopyBuffer in, Cell out) throws SQLException, IOException, Unfit {
        out.whole(micros(in, "TIMESTAMP"));
    }

    static void timestamptz(CopyBuffer in, Cell out) throws SQLException, IOException, Unfit {
        out.whole(micros(in, "TIMESTAMP WITH TIME ZONE"));
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

    static void uuid(CopyBuffer in, Cell out) throws SQLException, IOException {
        out.bits(in.int8(), in.int8());
    }

    /// A list of what `element` reads.
    static PgDecoder list(PgDecoder element) {
        return (in, length, out) -> {
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
            elements(in, element, size, out.list(size));
        };
    }

    private static void elements(CopyBuffer in, PgDecoder element, int size, Cell out)
            throws SQLException, IOException, Unfit {
        Unfit first = null;
        for (int i = 0; i < size; i++) {
            int length = in.int4();
            if (length < 0) {
                out.nothing();
                continue;
            }
            try {
                element.read(in, length, out);
            } catch (Unfit e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
