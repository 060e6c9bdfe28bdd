package dev.ade.ingest.columns;

import dev.ade.model.AdeException;
import dev.ade.model.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;

/// Exact numbers: how many of the smallest unit, in 128 bits.
final class Decimals extends Fixed {
    private static final int WIDTH = 2 * Long.BYTES;

    private final Type.Decimal decimal;

    Decimals(BufferAllocator allocator, Type.Decimal decimal) {
        super(
                allocator,
                decimal,
                new ArrowType.Decimal(decimal.precision(), decimal.scale(), WIDTH * Byte.SIZE),
                WIDTH);
        this.decimal = decimal;
    }

    @Override
    public void whole(long unscaled) {
        put(unscaled, unscaled >> (Long.SIZE - 1));
    }

    private void put(long low, long high) {
        ArrowBuf room = room();
        room.setLong(place(), low);
        room.setLong(place() + Long.BYTES, high);
        some();
    }

    /// Never rounds: what has more digits is for the caller to reject.
    @Override
    public void decimal(BigDecimal value) {
        if (!decimal.holds(value)) {
            throw AdeException.data(
                    "Cannot stage a number as %s: it has more digits".formatted(decimal.sql()),
                    "Use a type with more digits, or round the value where it is made");
        }
        BigInteger unscaled =
                value.setScale(decimal.scale(), RoundingMode.UNNECESSARY).unscaledValue();
        put(unscaled.longValue(), unscaled.shiftRight(Long.SIZE).longValue());
    }

    @Override
    void plain(Object value) {
        decimal(value instanceof BigDecimal number ? number : new BigDecimal(value.toString()));
    }
}
