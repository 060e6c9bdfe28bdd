package dev.ade.ingest.columns;

import dev.ade.model.Column;
import dev.ade.model.Type;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// Structs: a vector a field.
final class Structs extends Vector {
    private final List<Column> columns;
    private final List<Vector> fields = new ArrayList<>();

    Structs(BufferAllocator allocator, Type.Struct type) {
        super(allocator, type);
        this.columns = type.fields();
        columns.forEach(column -> fields.add(Plain.of(allocator, column.type())));
    }

    @Override
    void blank() {
        fields.forEach(Vector::nothing);
    }

    @Override
    void plain(Object value) {
        Map<?, ?> values = (Map<?, ?>) value;
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).value(values.get(columns.get(i).name()));
        }
        some();
    }

    @Override
    void truncate(int from) {
        super.truncate(from);
        fields.forEach(field -> field.truncate(Math.min(from, field.size())));
    }

    @Override
    Field field(String name) {
        List<Field> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            all.add(fields.get(i).field(columns.get(i).name()));
        }
        return new Field(name, FieldType.nullable(ArrowType.Struct.INSTANCE), all);
    }

    @Override
    long bytes() {
        return fields.stream().mapToLong(Vector::bytes).sum();
    }

    @Override
    void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
        super.describe(nodes, buffers);
        fields.forEach(field -> field.describe(nodes, buffers));
    }

    @Override
    void hash(MessageDigest digest) {
        super.hash(digest);
        fields.forEach(field -> field.hash(digest));
    }

    @Override
    public void close() {
        super.close();
        fields.forEach(Vector::close);
    }
}
