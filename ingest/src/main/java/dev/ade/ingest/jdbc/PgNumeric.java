package dev.ade.ingest.jdbc;

import dev.ade.model.Type;
import dev.ade.spi.Cell;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Arrays;

/// PostgreSQL's numbers as it sends them: digits to the base 10,000, the place of the first, a sign.
final class PgNumeric implements PgDecoder {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;

    /// Digits to the base that a long holds.
    private static final int SHORT = 4;

    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITE = 0xD000;
    private static final int MINUS_INFINITE = 0xF000;

    private static final long[] POWERS = new long[Type.Decimal.PRECISION_MAX / 2];

    static {
        Arrays.setAll(POWERS, power -> (long) Math.pow(10, power));
    }

    private final Type.Decimal type;

    PgNumeric(Type.Decimal type) {
        this.type = type;
    }

    /// @throws Unfit where it is no number, infinite, or has more digits than the type
    @Override
    public void read(CopyBuffer in, int length, Cell out) throws SQLException, IOException, Unfit {
        int digits = in.int2();
        int weight = in.int2();
        int sign = in.int2() & 0xFFFF;
        in.int2();
        requireFinite(sign);
        int exponent = BASE_DIGITS * (weight - digits + 1);
        if (digits > SHORT) {
            exact(sign, ofMany(in, digits, exponent), out);
            return;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * BASE + in.int2();
        }
        long unscaled = type.precision() < POWERS.length ? unscaled(value, exponent) : -1;
        if (unscaled < 0) {
            exact(sign, BigDecimal.valueOf(value, -exponent), out);
        } else {
            out.whole(sign == NEGATIVE ? -unscaled : unscaled);
        }
    }

    /// How many of the type's smallest unit a value is; below 0 where it cannot be told with few steps.
    private long unscaled(long value, int exponent) {
        int shift = type.scale() + exponent;
        if (shift <= -POWERS.length || shift >= POWERS.length) {
            return -1;
        }
        if (shift <= 0) {
            long power = POWERS[-shift];
            return value % power == 0 && value / power < POWERS[type.precision()]
                    ? value / power
                    : -1;
        }
        return value < POWERS[type.precision()] / POWERS[shift] ? value * POWERS[shift] : -1;
    }

    private void exact(int sign, BigDecimal size, Cell out) throws Unfit {
        BigDecimal value = sign == NEGATIVE ? size.negate() : size;
        if (!type.holds(value)) {
            throw new Unfit(value.toString(), "not a " + type.text());
        }
        out.decimal(value);
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
