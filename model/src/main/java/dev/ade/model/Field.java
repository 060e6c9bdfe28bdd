package dev.ade.model;

import java.util.List;
import java.util.Optional;

/// A stored column and its field id, which stays when the column is renamed, moved or widened.
///
/// @param id the field id in the table's schema
/// @param name its current name
/// @param type its current type
/// @param children of a struct its fields, of a list `element`, of a map `key` and `value`; else empty
public record Field(int id, String name, Type type, List<Field> children) {
    public Field {
        children = List.copyOf(children);
    }

    public static Field of(int id, String name, Type type) {
        return new Field(id, name, type, List.of());
    }

    public Column column() {
        return new Column(name, type);
    }

    /// The field with this id among `fields` and what is nested in them.
    public static Optional<Field> find(List<Field> fields, int id) {
        for (Field field : fields) {
            if (field.id == id) {
                return Optional.of(field);
            }
            Optional<Field> nested = find(field.children, id);
            if (nested.isPresent()) {
                return nested;
            }
        }
        return Optional.empty();
    }

    public static Schema schema(List<Field> fields) {
        return new Schema(fields.stream().map(Field::column).toList());
    }
}
