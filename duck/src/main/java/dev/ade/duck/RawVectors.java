package dev.ade.duck;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// Values of vectors where they lie. The driver gives a text by a call into native code that makes an array and a string
/// of it, and takes 128 bits as a `BigInteger`: for a pseudonym both took twice as long as the HMAC itself. How values lie
/// is part of DuckDB's C interface (`duckdb_string_t`, `duckdb_uhugeint`); where a vector begins is known to the driver,
/// which keeps it to itself.
final class RawVectors {
    private static final int WIDTH = 16;

    /// Texts of up to so many bytes lie in the vector itself.
    private static final int INLINED_BYTES = 12;

    /// An odd number whose bits look random: 2^64 divided by the golden ratio.
    static final long FACTOR = 0x9E3779B97F4A7C15L;

    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private static final VarHandle READABLE = field(DuckDBReadableVector.class, "data");
    private static final VarHandle THERE = field(DuckDBReadableVector.class, "validity");
    private static final VarHandle WRITABLE = field(DuckDBWritableVector.class, "data");
    private static final VarHandle VALIDITY = field(DuckDBWritableVector.class, "validity");
    private static final byte[] TRUE = new byte[2_048];
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    // ADE is started with access to native memory, which the engine needs anyway.
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    static {
        Arrays.fill(TRUE, (byte) 1);
    }

    private RawVectors() {}

    private static VarHandle field(Class<?> vector, String name) {
        try {
            return MethodHandles.privateLookupIn(vector, MethodHandles.lookup())
                    .findVarHandle(vector, name, ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this driver keeps its vectors elsewhere", e);
        }
    }

    /// Where the values of a vector of texts lie.
    static ByteBuffer texts(DuckDBReadableVector vector) {
        return (ByteBuffer) READABLE.get(vector);
    }

    /// Where the values of a vector lie.
    static ByteBuffer values(DuckDBReadableVector vector) {
        return texts(vector).duplicate().order(ByteOrder.nativeOrder());
    }

    /// A bit for each value that is there, or null where all are.
    static @Nullable ByteBuffer there(DuckDBReadableVector vector) {
        @Nullable ByteBuffer there = (ByteBuffer) THERE.get(vector);
        return there == null ? null : there.duplicate().order(ByteOrder.nativeOrder());
    }

    /// Puts `true` into so many rows.
    static void putTrue(DuckDBWritableVector vector, int rows) {
        removeNulls(vector);
        ByteBuffer values = (ByteBuffer) WRITABLE.get(vector);
        for (int from = 0; from < rows; from += TRUE.length) {
            values.put(from, TRUE, 0, Math.min(TRUE.length, rows - from));
        }
    }

    /// Where the values of a vector of unsigned 128-bit numbers lie. None of them is NULL then.
    static ByteBuffer numbers(DuckDBWritableVector vector) {
        removeNulls(vector);
        return (ByteBuffer) WRITABLE.get(vector);
    }

    /// A vector that is used again still has the NULLs of what it was used for.
    private static void removeNulls(DuckDBWritableVector vector) {
        @Nullable ByteBuffer validity = (ByteBuffer) VALIDITY.get(vector);
        for (int at = 0;
                validity != null && at + Long.BYTES <= validity.limit();
                at += Long.BYTES) {
            LONG.set(validity, at, -1L);
        }
    }

    /// A text in UTF-8, of a row that is not NULL.
    static byte[] text(ByteBuffer texts, int row) {
        int at = row * WIDTH;
        byte[] text = new byte[(int) INT.get(texts, at)];
        if (text.length <= INLINED_BYTES) {
            texts.get(at + Integer.BYTES, text);
        } else {
            long address = (long) LONG.get(texts, at + Long.BYTES);
            MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, text, 0, text.length);
        }
        return text;
    }

    /// Whether the two words of a text are the text itself, given the first.
    static boolean isWhole(long first) {
        return (int) first <= INLINED_BYTES;
    }

    /// A hash of the bytes of a text, given the two words that tell where it lies.
    static long hash(long first, long second) {
        int length = (int) first;
        if (length <= INLINED_BYTES) {
            return mix((first * FACTOR) ^ second);
        }
        long hash = length;
        for (int at = 0; at < length; at += Long.BYTES) {
            hash = mix(hash ^ word(second, at, length));
        }
        return hash;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 32)) * FACTOR;
        return mixed ^ (mixed >>> 29);
    }

    /// Eight bytes of a text of at least as many; behind its end zeros.
    private static long word(long address, int at, int length) {
        int left = length - at;
        return left >= Long.BYTES
                ? ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address + at)
                : ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address + length - Long.BYTES)
                        >>> (Long.SIZE - left * Byte.SIZE);
    }

    /// How many characters a text has: bytes that continue one do not count.
    static int characters(long first, long second) {
        int length = (int) first;
        if (length <= INLINED_BYTES) {
            return length - continuing(first & ~0xFFFFFFFFL) - continuing(second);
        }
        int characters = length;
        for (int at = 0; at < length; at += Long.BYTES) {
            characters -= continuing(word(second, at, length));
        }
        return characters;
    }

    private static int continuing(long word) {
        long high = word & HIGHEST_BITS;
        return high == 0 ? 0 : Long.bitCount(high & (~word << 1));
    }

    /// The first bytes of a text, `most` at most.
    static byte[] bytes(long first, long second, int most) {
        int length = (int) first;
        byte[] bytes = new byte[Math.min(length, most)];
        if (length <= INLINED_BYTES) {
            for (int i = 0; i < bytes.length; i++) {
                int bit = (Integer.BYTES + i) % Long.BYTES * Byte.SIZE;
                bytes[i] = (byte) ((i < Integer.BYTES ? first : second) >>> bit);
            }
        } else {
            MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, second, bytes, 0, bytes.length);
        }
        return bytes;
    }

    /// Puts the bits of a UUID as a number.
    static void put(ByteBuffer numbers, int row, UUID uuid) {
        LONG.set(numbers, row * WIDTH, uuid.getLeastSignificantBits());
        LONG.set(numbers, row * WIDTH + Long.BYTES, uuid.getMostSignificantBits());
    }
}
