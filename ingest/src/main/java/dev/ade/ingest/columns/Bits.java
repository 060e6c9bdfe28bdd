package dev.ade.ingest.columns;

import dev.ade.model.Type.Simple;
import java.security.MessageDigest;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/// Truths, eight a byte.
final class Bits extends Vector {
    private final Memory values;

    Bits(BufferAllocator allocator) {
        super(allocator, Simple.BOOLEAN);
        this.values = new Memory(allocator);
    }

    @Override
    public void truth(boolean value) {
        set(value ? 1 : 0);
        some();
    }

    private void set(int value) {
        int at = size() >> 3;
        int place = size() & 7;
        ArrowBuf bits = values.of(at + 1L);
        bits.setByte(at, (bits.getByte(at) & ~(1 << place)) | (value << place));
    }

    @Override
    void blank() {
        set(0);
    }

    @Override
    void plain(Object value) {
        truth((Boolean) value);
    }

    @Override
    Field field(String name) {
        return Field.nullable(name, ArrowType.Bool.INSTANCE);
    }

    @Override
    long bytes() {
        return (size() + 7L) / 8;
    }

    @Override
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        buffers.add(values.bytes());
    }

    @Override
    void hash(MessageDigest digest) {
        super.hash(digest);
        hashBits(digest, values);
    }

    @Override
    public void close() {
        super.close();
        values.close();
    }
}
