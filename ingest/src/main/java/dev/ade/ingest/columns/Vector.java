package dev.ade.ingest.columns;

import dev.ade.model.Type;
import dev.ade.spi.Cell;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/// Values of one column, one behind the other, as Arrow has them. Each put adds one.
abstract class Vector implements Cell, AutoCloseable {
    private static final int HASHED_BYTES = 1 << 20;
    private static final int LONG_BYTES = 1 << 18;

    private final Type type;
    private final Memory there;
    private int size;
    private int nulls;
    private int marked;
    private boolean isLong;

    Vector(BufferAllocator allocator, Type type) {
        this.type = type;
        this.there = new Memory(allocator);
    }

    /// How many values there are.
    final int size() {
        return size;
    }

    /// Whether one of its values takes much memory.
    final boolean isLong() {
        return isLong;
    }

    final void saw(int length) {
        isLong |= length >= LONG_BYTES;
    }

    /// Counts a value that was put, or is about to be.
    final void some() {
        size++;
    }

    @Override
    public final void nothing() {
        mark(size);
        set(size, 0);
        marked = size + 1;
        blank();
        size++;
        nulls++;
    }

    /// Says of all values up to one for which it is not said yet that they are there: most columns have no others.
    private void mark(int to) {
        int i = marked;
        while (i < to) {
            if ((i & 7) == 0 && to - i >= Byte.SIZE) {
                int whole = (to - i) / Byte.SIZE;
                there.of((i >> 3) + (long) whole).setOne(i >> 3, (long) whole);
                i += whole * Byte.SIZE;
            } else {
                set(i, 1);
                i++;
            }
        }
        marked = Math.max(marked, to);
    }

    private void set(int value, int isThere) {
        int at = value >> 3;
        ArrowBuf bits = there.of(at + 1L);
        bits.setByte(at, (bits.getByte(at) & ~(1 << (value & 7))) | (isThere << (value & 7)));
    }

    /// Puts what stands where there is no value, without counting it.
    abstract void blank();

    /// A value that is no null.
    abstract void plain(Object value);

    @Override
    public final void value(@Nullable Object value) {
        if (value == null) {
            nothing();
            return;
        }
        try {
            plain(value);
        } catch (ClassCastException _) {
            throw unfit(value.getClass().getSimpleName());
        }
    }

    /// Forgets values from this one on.
    void truncate(int from) {
        for (int i = from; i < marked && nulls > 0; i++) {
            nulls -= ((there.bytes().getByte(i >> 3) >> (i & 7)) & 1) == 0 ? 1 : 0;
        }
        size = from;
        marked = Math.min(marked, from);
        isLong &= from > 0;
    }

    /// Its field in a batch, under a name.
    abstract Field field(String name);

    /// Bytes that its values take.
    abstract long bytes();

    /// Adds what a batch is told of it, of its parts after it.
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        mark(size);
        nodes.add(new ArrowFieldNode(size, nulls));
        buffers.add(there.bytes());
    }

    /// Adds its values to what they are told by.
    void hash(MessageDigest digest) {
        mark(size);
        hashBits(digest, there);
    }

    /// The same of a bit a value; those behind the last may be of values that were forgotten.
    final void hashBits(MessageDigest digest, Memory bits) {
        int last = size >> 3;
        ArrowBuf bytes = bits.of(last + 1L);
        bytes.setByte(last, bytes.getByte(last) & ((1 << (size & 7)) - 1));
        hash(digest, bits, last + 1L);
    }

    static void hash(MessageDigest digest, Memory memory, long length) {
        for (long at = 0; at < length; at += HASHED_BYTES) {
            ByteBuffer some =
                    memory.bytes().nioBuffer(at, (int) Math.min(HASHED_BYTES, length - at));
            digest.update(some);
        }
    }

    final Type type() {
        return type;
    }

    final IllegalArgumentException unfit(String what) {
        return new IllegalArgumentException("Cannot stage a %s as %s".formatted(what, type.sql()));
    }

    @Override
    public void truth(boolean value) {
        throw unfit("boolean");
    }

    @Override
    public void whole(long value) {
        throw unfit("whole number");
    }

    @Override
    public void real(double value) {
        throw unfit("number");
    }

    @Override
    public void bytes(byte[] from, int offset, int length) {
        throw unfit("text");
    }

    @Override
    public void bits(long most, long least) {
        throw unfit("UUID");
    }

    @Override
    public void decimal(BigDecimal value) {
        throw unfit("decimal");
    }

    @Override
    public Cell list(int length) {
        throw unfit("list");
    }

    @Override
    public void close() {
        there.close();
    }
}
