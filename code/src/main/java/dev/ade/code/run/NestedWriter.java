package dev.ade.code.run;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/// Puts lists, maps and records into vectors that are nested. Of what is null nothing is put, which leaves a null.
/// Thread-safe.
interface NestedWriter {
    void put(FieldVector vector, int index, Object value);

    static NestedWriter of(Shape shape) {
        return switch (shape) {
            case Shape.Value(ValueKind kind, _) ->
                    (vector, i, value) -> put(kind, vector, i, value);
            case Shape.Items(Shape element) -> items(of(element));
            case Shape.Parts parts -> parts(new RecordWriter(parts.components()));
            case Shape.Entries entries -> entries(of(entries.key()), of(entries.value()));
        };
    }

    private static void put(ValueKind kind, FieldVector vector, int i, Object value) {
        switch (kind) {
            case BOOLEAN -> Writing.put(vector, i, (boolean) value);
            case INT -> Writing.put(vector, i, (int) value);
            case LONG -> Writing.put(vector, i, (long) value);
            case FLOAT -> Writing.put(vector, i, (float) value);
            case DOUBLE -> Writing.put(vector, i, (double) value);
            case DECIMAL -> Writing.put(vector, i, (BigDecimal) value);
            case TEXT -> Writing.put(vector, i, (String) value);
            case DATE -> Writing.put(vector, i, (LocalDate) value);
            case TIME -> Writing.put(vector, i, (LocalTime) value);
            case TIMESTAMP -> Writing.put(vector, i, (LocalDateTime) value);
            case INSTANT -> Writing.put(vector, i, (Instant) value);
            case UUID_TEXT -> Writing.put(vector, i, (UUID) value);
            case BYTES -> Writing.put(vector, i, (byte[]) value);
        }
    }

    private static NestedWriter items(NestedWriter element) {
        return (vector, index, value) -> {
            ListVector lists = (ListVector) vector;
            FieldVector items = lists.getDataVector();
            int at = lists.startNewValue(index);
            List<?> list = (List<?>) value;
            for (@Nullable Object one : list) {
                if (one != null) {
                    element.put(items, at, one);
                }
                at++;
            }
            lists.endValue(index, list.size());
        };
    }

    private static NestedWriter entries(NestedWriter key, NestedWriter entry) {
        return (vector, index, value) -> {
            ListVector maps = (ListVector) vector;
            StructVector both = (StructVector) maps.getDataVector();
            List<FieldVector> parts = both.getChildrenFromFields();
            int at = maps.startNewValue(index);
            Map<?, ?> map = (Map<?, ?>) value;
            for (Map.Entry<?, ?> one : map.entrySet()) {
                if (one.getKey() == null) {
                    throw new IllegalArgumentException(
                            "a key of '%s' is null".formatted(vector.getName()));
                }
                both.setIndexDefined(at);
                key.put(parts.get(0), at, one.getKey());
                if (one.getValue() != null) {
                    entry.put(parts.get(1), at, one.getValue());
                }
                at++;
            }
            maps.endValue(index, map.size());
        };
    }

    private static NestedWriter parts(RecordWriter writer) {
        return (vector, index, value) -> {
            StructVector struct = (StructVector) vector;
            struct.setIndexDefined(index);
            writer.write((Record) value, struct.getChildrenFromFields(), index);
        };
    }
}
