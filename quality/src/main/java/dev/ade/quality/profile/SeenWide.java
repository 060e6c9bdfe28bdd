package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.Moments;
import dev.ade.spi.ColumnValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;

/// Values of 128 bits: decimals of many digits, UUIDs.
final class SeenWide extends Seen {
    private static final double TWO_TO_64 = 0x1p64;

    /// UUIDs have no sign: with their highest bit inverted they are in the order of numbers that have one.
    private final long sign;

    /// What decimals are divided by.
    private final double divisor;

    private long minHigh = Long.MAX_VALUE;
    private long minLow = -1;
    private long maxHigh = Long.MIN_VALUE;
    private long maxLow;

    SeenWide(Type type, int sampled) {
        super(type, new Sample(type == Simple.UUID ? sampled / 2 : sampled, 2, 0));
        this.divisor = type instanceof Type.Decimal decimal ? Math.pow(10, decimal.scale()) : 1;
        this.sign = type == Simple.UUID ? Long.MIN_VALUE : 0;
    }

    @Override
    long first(ColumnValues values) {
        return word(values.words()[0], values.words()[1]);
    }

    @Override
    boolean look(ColumnValues values, int count, int times) {
        long[] words = values.words();
        double centre = number(words[0], words[1]);
        double sum = 0;
        double squares = 0;
        boolean isSame = true;
        for (int i = 0; i < count; i++) {
            long low = words[2 * i];
            long high = words[2 * i + 1];
            registers.add(word(low, high));
            isSame &= low == words[0] && high == words[1];
            include(high ^ sign, low);
            double distance = number(low, high) - centre;
            sum += distance;
            squares += distance * distance;
        }
        if (isNumber) {
            moments = moments.merge(Moments.about(centre, count, sum, squares).times(times));
        }
        return isSame;
    }

    private void include(long high, long low) {
        if (isLess(high, low, minHigh, minLow)) {
            minHigh = high;
            minLow = low;
        }
        if (isLess(maxHigh, maxLow, high, low)) {
            maxHigh = high;
            maxLow = low;
        }
    }

    private static boolean isLess(long high, long low, long thanHigh, long thanLow) {
        return high < thanHigh || (high == thanHigh && Long.compareUnsigned(low, thanLow) < 0);
    }

    /// A number that one word could hold is hashed as there.
    private static long word(long low, long high) {
        return high == low >> 63 ? low : Registers.mix(high) ^ low;
    }

    @Override
    void merge(Seen other) {
        super.merge(other);
        SeenWide wide = (SeenWide) other;
        if (wide.there() > 0) {
            include(wide.minHigh, wide.minLow);
            include(wide.maxHigh, wide.maxLow);
        }
    }

    @Override
    Bounds bounds() {
        return there() == 0
                ? Bounds.NONE
                : Bounds.of(value(minLow, minHigh ^ sign), value(maxLow, maxHigh ^ sign));
    }

    @Override
    double number(int sampled) {
        return number(sample.word(sampled), sample.high(sampled));
    }

    private double number(long low, long high) {
        if (!isNumber) {
            return 0;
        }
        double unscaled =
                high < 0 ? -positive(-low, low == 0 ? -high : ~high) : positive(low, high);
        return unscaled / divisor;
    }

    /// Parts of different signs would lose what is left when they are added.
    private static double positive(long low, long high) {
        return high * TWO_TO_64 + ((low >>> 1) * 2.0 + (low & 1));
    }

    @Override
    long word(int sampled) {
        return word(sample.word(sampled), sample.high(sampled));
    }

    @Override
    String text(int sampled) {
        return Bounds.text(value(sample.word(sampled), sample.high(sampled)));
    }

    private Object value(long low, long high) {
        if (type instanceof Type.Decimal decimal) {
            BigInteger unscaled =
                    BigInteger.valueOf(high)
                            .shiftLeft(Long.SIZE)
                            .add(new BigInteger(Long.toUnsignedString(low)));
            return new BigDecimal(unscaled, decimal.scale());
        }
        return new UUID(high, low);
    }
}
