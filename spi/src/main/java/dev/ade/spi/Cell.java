package dev.ade.spi;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The place of one column in the row that is being added: takes one value, without an object of it where its type has
/// numbers or bytes. Each method belongs to the types it names; others refuse it. Used by one thread.
public interface Cell {
    /// NULL.
    void nothing();

    /// BOOLEAN.
    void truth(boolean value);

    /// INTEGER, BIGINT, DATE as days since 1970, TIME as microseconds since midnight, TIMESTAMP and TIMESTAMPTZ as
    /// microseconds since 1970, DECIMAL as how many of its smallest unit, where a `long` holds that.
    void whole(long value);

    /// FLOAT and DOUBLE.
    void real(double value);

    /// VARCHAR as UTF-8, where what is none is replaced as Java does, and BLOB. The bytes are copied.
    void bytes(byte[] from, int offset, int length);

    /// UUID, as `UUID` has its bits.
    void bits(long most, long least);

    /// DECIMAL.
    ///
    /// @throws dev.ade.model.AdeException DATA where the type does not hold all its digits
    void decimal(BigDecimal value);

    /// A list of `size` elements, each of which is then put into what this returns.
    Cell list(int size);

    /// A value of any type as a `Session` takes it.
    void value(@Nullable Object value);
}
