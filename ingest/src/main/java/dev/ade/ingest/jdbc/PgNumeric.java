package dev.ade.ingest.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/// PostgreSQL's numbers as it sends them: digits to the base 10,000, the place of the first, a sign.
final class PgNumeric {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;

    /// Digits that a long holds.
    private static final int SHORT = 4;

    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITE = 0xD000;
    private static final int MINUS_INFINITE = 0xF000;

    private PgNumeric() {}

    /// @throws Unfit where it is no number, or infinite
    static BigDecimal read(CopyBuffer in) throws SQLException, IOException, Unfit {
        int digits = in.int2();
        int weight = in.int2();
        int sign = in.int2() & 0xFFFF;
        in.int2();
        requireFinite(sign);
        int exponent = BASE_DIGITS * (weight - digits + 1);
        BigDecimal size =
                digits <= SHORT ? ofFew(in, digits, exponent) : ofMany(in, digits, exponent);
        return sign == NEGATIVE ? size.negate() : size;
    }

    private static void requireFinite(int sign) throws Unfit {
        switch (sign) {
            case NAN -> throw new Unfit("NaN", "NaN fits no DECIMAL");
            case INFINITE -> throw new Unfit("Infinity", "Infinity fits no DECIMAL");
            case MINUS_INFINITE -> throw new Unfit("-Infinity", "-Infinity fits no DECIMAL");
            default -> {
                // A number.
            }
        }
    }

    private static BigDecimal ofFew(CopyBuffer in, int digits, int exponent)
            throws SQLException, IOException {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * BASE + in.int2();
        }
        return BigDecimal.valueOf(value, -exponent);
    }

    private static BigDecimal ofMany(CopyBuffer in, int digits, int exponent)
            throws SQLException, IOException {
        BigInteger value = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(BASE);
        for (int i = 0; i < digits; i++) {
            value = value.multiply(base).add(BigInteger.valueOf(in.int2()));
        }
        return new BigDecimal(value, -exponent);
    }
}
