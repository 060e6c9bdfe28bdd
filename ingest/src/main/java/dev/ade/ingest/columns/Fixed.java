package dev.ade.ingest.columns;

import dev.ade.model.Type;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// Values that all take the same number of bytes.
abstract class Fixed extends Vector {
    private final Memory values;
    private final ArrowType arrow;
    private final int width;

    Fixed(BufferAllocator allocator, Type type, ArrowType arrow, int width) {
        super(allocator, type);
        this.values = new Memory(allocator);
        this.arrow = arrow;
        this.width = width;
    }

    /// Where the next value goes.
    final ArrowBuf room() {
        return values.of((size() + 1L) * width);
    }

    final long place() {
        return (long) size() * width;
    }

    @Override
    final void blank() {
        room().setZero(place(), width);
    }

    /// What Arrow does not say of the type.
    Map<String, String> more() {
        return Map.of();
    }

    @Override
    final Field field(String name) {
        return new Field(name, new FieldType(true, arrow, null, more()), List.of());
    }

    @Override
    final long bytes() {
        return place();
    }

    @Override
    final void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        buffers.add(values.bytes());
    }

    @Override
    final void hash(MessageDigest digest) {
        super.hash(digest);
        hash(digest, values, place());
    }

    @Override
    public final void close() {
        super.close();
        values.close();
    }
}
