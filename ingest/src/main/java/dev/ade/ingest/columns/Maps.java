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

/// Maps: lists of entries, which all have a key.
final class Maps extends Vector {
    private final Offsets offsets;
    private final Memory entries;
    private final Vector keys;
    private final Vector values;

    Maps(BufferAllocator allocator, Type.MapOf type) {
        super(allocator, type);
        this.offsets = new Offsets(allocator);
        this.entries = new Memory(allocator);
        this.keys = Plain.of(allocator, type.key());
        this.values = Plain.of(allocator, type.value());
    }

    @Override
    void blank() {
        offsets.end(size(), offsets.end(size()));
    }

    @Override
    void plain(Object value) {
        Map<?, ?> map = (Map<?, ?>) value;
        map.forEach((key, each) -> {
            keys.value(key);
            values.value(each);
        });
        offsets.end(size(), Math.addExact(offsets.end(size()), map.size()));
        some();
    }

    @Override
    void truncate(int from) {
        super.truncate(from);
        keys.truncate(Math.min(keys.size(), offsets.end(from)));
        values.truncate(Math.min(values.size(), offsets.end(from)));
    }

    @Override
    Field field(String name) {
        Field key = keys.field("key");
        Field entry =
                new Field(
                        "entries",
                        FieldType.notNullable(ArrowType.Struct.INSTANCE),
                        List.of(
                                new Field(
                                        "key",
                                        new FieldType(
                                                false, key.getType(), null, key.getMetadata()),
                                        key.getChildren()),
                                values.field("value")));
        return new Field(name, FieldType.nullable(new ArrowType.Map(false)), List.of(entry));
    }

    @Override
    long bytes() {
        return offsets.bytes(size()) + keys.bytes() + values.bytes();
    }

    @Override
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        buffers.add(offsets.memory());
        nodes.add(new ArrowFieldNode(keys.size(), 0));
        int bytes = (keys.size() + 7) / 8;
        for (int i = 0; i < bytes; i++) {
            entries.of(bytes).setByte(i, -1);
        }
        buffers.add(entries.bytes());
        keys.describe(nodes, buffers);
        values.describe(nodes, buffers);
    }

    @Override
    void hash(MessageDigest digest) {
        super.hash(digest);
        offsets.hash(digest, size());
        keys.hash(digest);
        values.hash(digest);
    }

    @Override
    public void close() {
        super.close();
        offsets.close();
        entries.close();
        keys.close();
        values.close();
    }
}
