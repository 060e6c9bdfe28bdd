package dev.ade.duck;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private static final VarHandle READABLE = field(DuckDBReadableVector.class, "data");
    private static final VarHandle WRITABLE = field(DuckDBWritableVector.class, "data");
    private static final VarHandle VALIDITY = field(DuckDBWritableVector.class, "validity");
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    // ADE is started with access to native memory, which the engine needs anyway.
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

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

    /// Where the values of a vector of unsigned 128-bit numbers lie. None of them is NULL then: a vector that is used
    /// again still has the NULLs of what it was used for.
    static ByteBuffer numbers(DuckDBWritableVector vector) {
        @Nullable ByteBuffer validity = (ByteBuffer) VALIDITY.get(vector);
        for (int at = 0;
                validity != null && at + Long.BYTES <= validity.limit();
                at += Long.BYTES) {
            LONG.set(validity, at, -1L);
        }
        return (ByteBuffer) WRITABLE.get(vector);
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

    /// Puts the bits of a UUID as a number.
    static void put(ByteBuffer numbers, int row, UUID uuid) {
        LONG.set(numbers, row * WIDTH, uuid.getLeastSignificantBits());
        LONG.set(numbers, row * WIDTH + Long.BYTES, uuid.getMostSignificantBits());
    }
}
