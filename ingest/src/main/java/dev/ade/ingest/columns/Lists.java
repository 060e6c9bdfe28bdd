package dev.ade.ingest.columns;

import dev.ade.model.Type;
import dev.ade.spi.Cell;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// Lists: where each ends among the elements of all.
final class Lists extends Vector {
    private final Offsets offsets;
    private final Vector elements;

    Lists(BufferAllocator allocator, Type.ListOf type) {
        super(allocator, type);
        this.offsets = new Offsets(allocator);
        this.elements = Plain.of(allocator, type.element());
    }

    @Override
    public Cell list(int length) {
        offsets.end(size(), Math.addExact(offsets.end(size()), length));
        some();
        return elements;
    }

    @Override
    void blank() {
        offsets.end(size(), offsets.end(size()));
    }

    @Override
    void plain(Object value) {
        Collection<?> all = (Collection<?>) value;
        Cell each = list(all.size());
        all.forEach(each::value);
    }

    @Override
    void truncate(int from) {
        super.truncate(from);
        elements.truncate(Math.min(elements.size(), offsets.end(from)));
    }

    @Override
    Field field(String name) {
        return new Field(
                name,
                FieldType.nullable(ArrowType.List.INSTANCE),
                List.of(elements.field("element")));
    }

    @Override
    long bytes() {
        return offsets.bytes(size()) + elements.bytes();
    }

    @Override
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        buffers.add(offsets.memory());
        elements.describe(nodes, buffers);
    }

    @Override
    void hash(MessageDigest digest) {
        super.hash(digest);
        offsets.hash(digest, size());
        elements.hash(digest);
    }

    @Override
    public void close() {
        super.close();
        offsets.close();
        elements.close();
    }
}
