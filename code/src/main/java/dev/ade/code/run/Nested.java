package dev.ade.code.run;

import dev.ade.code.run.RecordReader.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/// Values of vectors that are nested: each object reads one vector of one batch. For one thread.
interface Nested {
    /// The value of a row; null where it is.
    @Nullable Object at(int row);

    /// @param shape what is made of it
    static Nested of(Shape shape, FieldVector vector) {
        return switch (shape) {
            case Shape.Value(ValueKind kind, _) -> value(kind, vector);
            case Shape.Items(Shape element) -> items(element, vector);
            case Shape.Parts parts -> parts(parts, (StructVector) vector);
            case Shape.Entries entries -> entries(entries, (MapVector) vector);
        };
    }

    private static Nested value(ValueKind kind, FieldVector vector) {
        return row -> vector.isNull(row) ? null : value(kind, vector, row);
    }

    private static Object value(ValueKind kind, FieldVector vector, int row) {
        return switch (kind) {
            case BOOLEAN -> Reading.booleanOf(vector, row);
            case INT -> Reading.intOf(vector, row);
            case LONG -> Reading.longOf(vector, row);
            case FLOAT -> Reading.floatOf(vector, row);
            case DOUBLE -> Reading.doubleOf(vector, row);
            case DECIMAL -> Reading.decimalOf(vector, row);
            case TEXT -> Reading.textOf(vector, row);
            case DATE -> Reading.dateOf(vector, row);
            case TIME -> Reading.timeOf(vector, row);
            case TIMESTAMP -> Reading.timestampOf(vector, row);
            case INSTANT -> Reading.instantOf(vector, row);
            case UUID_TEXT -> Reading.uuidOf(vector, row);
            case BYTES -> Reading.bytesOf(vector, row);
        };
    }

    /// Lists of a fixed size come of DuckDB's arrays.
    private static Nested items(Shape element, FieldVector vector) {
        if (vector instanceof FixedSizeListVector fixed) {
            Nested each = of(element, fixed.getDataVector());
            int size = fixed.getListSize();
            return row -> fixed.isNull(row) ? null : list(each, row * size, (row + 1) * size);
        }
        ListVector lists = (ListVector) vector;
        Nested each = of(element, lists.getDataVector());
        return row ->
                lists.isNull(row)
                        ? null
                        : list(
                                each,
                                lists.getElementStartIndex(row),
                                lists.getElementEndIndex(row));
    }

    private static List<@Nullable Object> list(Nested each, int from, int to) {
        List<@Nullable Object> list = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            list.add(each.at(i));
        }
        return Collections.unmodifiableList(list);
    }

    private static Nested entries(Shape.Entries entries, MapVector maps) {
        StructVector both = (StructVector) maps.getDataVector();
        Nested keys = of(entries.key(), both.getChildrenFromFields().get(0));
        Nested values = of(entries.value(), both.getChildrenFromFields().get(1));
        return row -> {
            if (maps.isNull(row)) {
                return null;
            }
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            int to = maps.getElementEndIndex(row);
            for (int i = maps.getElementStartIndex(row); i < to; i++) {
                map.put(keys.at(i), values.at(i));
            }
            return Collections.unmodifiableMap(map);
        };
    }

    private static Nested parts(Shape.Parts parts, StructVector struct) {
        RecordReader<?> reader =
                new RecordReader<>(parts.record().asSubclass(Record.class), parts.components());
        Place place =
                reader.place(parts.components().stream().map(one -> child(struct, one)).toList());
        return row -> struct.isNull(row) ? null : reader.read(place.at(row));
    }

    private static FieldVector child(StructVector struct, Component component) {
        return struct.getChildrenFromFields().stream()
                .filter(one -> one.getName().equalsIgnoreCase(component.source()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "a struct has no field '%s'".formatted(component.source())));
    }
}
