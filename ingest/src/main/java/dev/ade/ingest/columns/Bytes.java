package dev.ade.ingest.columns;

import dev.ade.model.Type.Simple;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/// Texts and bytes: where each ends, and all of them behind one another.
final class Bytes extends Vector {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The bits that no byte of ASCII has.
    private static final long OTHERS = 0x8080808080808080L;

    private final Offsets ends;
    private final Memory values;
    private final boolean isText;

    Bytes(BufferAllocator allocator, Simple type) {
        super(allocator, type);
        this.ends = new Offsets(allocator);
        this.values = new Memory(allocator);
        this.isText = type == Simple.VARCHAR;
    }

    @Override
    public void bytes(byte[] from, int offset, int length) {
        if (!put(from, offset, length) && isText) {
            byte[] valid =
                    new String(from, offset, length, StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8);
            put(valid, 0, valid.length);
        }
        some();
    }

    /// Copies, and looks meanwhile whether all is ASCII: words of eight bytes, as values are mostly short.
    private boolean put(byte[] from, int offset, int length) {
        int start = ends.end(size());
        int end = Math.addExact(start, length);
        ArrowBuf room = values.of((long) end + Long.BYTES);
        long all = 0;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            long word = (long) EIGHT.get(from, offset + at);
            all |= word;
            room.setLong(start + (long) at, word);
        }
        if (at < length) {
            long word = rest(from, offset + at, length - at);
            all |= word;
            room.setLong(start + (long) at, word);
        }
        ends.end(size(), end);
        saw(length);
        return (all & OTHERS) == 0;
    }

    /// Less than eight bytes, the first in the lowest bits.
    private static long rest(byte[] from, int at, int length) {
        if (at + Long.BYTES <= from.length) {
            return (long) EIGHT.get(from, at) & ((1L << (length * Byte.SIZE)) - 1);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (from[at + i] & 0xff);
        }
        return word;
    }

    @Override
    void blank() {
        ends.end(size(), ends.end(size()));
    }

    @Override
    void plain(Object value) {
        byte[] bytes = isText ? value.toString().getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        put(bytes, 0, bytes.length);
        some();
    }

    @Override
    Field field(String name) {
        return Field.nullable(name, isText ? ArrowType.Utf8.INSTANCE : ArrowType.Binary.INSTANCE);
    }

    @Override
    long bytes() {
        return ends.end(size()) + ends.bytes(size());
    }

    @Override
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        buffers.add(ends.memory());
        buffers.add(values.bytes());
    }

    @Override
    void hash(MessageDigest digest) {
        super.hash(digest);
        ends.hash(digest, size());
        hash(digest, values, ends.end(size()));
    }

    @Override
    public void close() {
        super.close();
        ends.close();
        values.close();
    }
}
