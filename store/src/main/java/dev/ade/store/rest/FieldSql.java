package dev.ade.store.rest;

import dev.ade.model.Sql;
import dev.ade.store.IcebergTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// Expressions that read a table's fields from what a file has, by field id.
///
/// @param constants values that all rows of the file have, by the id of a column that the file may lack
record FieldSql(ParquetField file, Map<Integer, String> constants) {
    /// The file cannot be told apart by its fields.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    FieldSql {
        constants = Map.copyOf(constants);
    }

    /// @param rows alias of the file's rows
    /// @return `expression as "name", …`
    /// @throws Unreadable where some of them cannot be told
    String columns(List<NestedField> wanted, String rows) {
        requireDistinct(file);
        return wanted.stream()
                .map(field -> column(field, rows) + " as " + Sql.quote(field.name()))
                .collect(Collectors.joining(", "));
    }

    private String column(NestedField wanted, String rows) {
        Optional<ParquetField> found = file.child(wanted.fieldId());
        if (found.isPresent()) {
            return value(wanted, found.get(), rows + "." + Sql.quote(found.get().name()), 0);
        }
        String constant = constants.get(wanted.fieldId());
        return constant == null ? absent(wanted) : cast(constant, wanted.type());
    }

    /// @param depth of lambdas around it
    private static String value(NestedField wanted, ParquetField found, String path, int depth) {
        if (isAlike(wanted, found)) {
            return cast(path, wanted.type());
        }
        Type type = wanted.type();
        String element = "e" + depth;
        return switch (type.typeId()) {
            case STRUCT -> struct(type.asStructType().fields(), found, path, depth);
            case LIST -> {
                NestedField inner = type.asListType().fields().getFirst();
                yield "list_transform(%s, lambda %s: %s)"
                        .formatted(path, element, inner(inner, found, element, depth));
            }
            case MAP -> {
                List<NestedField> inner = type.asMapType().fields();
                yield "map_from_entries(list_transform(map_entries(%s), lambda %s: struct_pack(key := %s, value := %s)))"
                        .formatted(
                                path,
                                element,
                                inner(inner.get(0), found, element + ".key", depth),
                                inner(inner.get(1), found, element + ".value", depth));
            }
            default ->
                    throw new Unreadable(
                            "column '%s' is of another shape there".formatted(wanted.name()));
        };
    }

    private static String inner(NestedField wanted, ParquetField found, String path, int depth) {
        ParquetField inner =
                found.child(wanted.fieldId())
                        .orElseThrow(() ->
                                new Unreadable(
                                        "'%s' has no field ids within".formatted(found.name())));
        return value(wanted, inner, path, depth + 1);
    }

    private static String struct(
            List<NestedField> wanted, ParquetField found, String path, int depth) {
        requireDistinct(found);
        String fields =
                wanted.stream()
                        .map(field ->
                                Sql.quote(field.name()) + " := " + field(field, found, path, depth))
                        .collect(Collectors.joining(", "));
        return "case when %s is null then null else struct_pack(%s) end".formatted(path, fields);
    }

    private static String field(NestedField wanted, ParquetField found, String path, int depth) {
        return found.child(wanted.fieldId())
                .map(child ->
                        value(
                                wanted,
                                child,
                                "struct_extract(%s, %s)".formatted(path, Sql.literal(child.name())),
                                depth))
                .orElseGet(() -> absent(wanted));
    }

    /// Whether the file has the field with everything in it under the same names, so that a cast does.
    private static boolean isAlike(NestedField wanted, ParquetField found) {
        if (wanted.type().isPrimitiveType()) {
            return found.children().isEmpty();
        }
        List<NestedField> inner = wanted.type().asNestedType().fields();
        boolean isNamed = wanted.type().isStructType();
        if (inner.size() != found.children().size()) {
            return false;
        }
        for (int i = 0; i < inner.size(); i++) {
            ParquetField child = found.children().get(i);
            if (inner.get(i).fieldId() != child.id()
                    || (isNamed && !inner.get(i).name().equals(child.name()))
                    || !isAlike(inner.get(i), child)) {
                return false;
            }
        }
        return true;
    }

    /// What rows have that were written before there was the column.
    private static String absent(NestedField wanted) {
        Literal<?> before = wanted.initialDefaultLiteral();
        return cast(
                before == null ? "null" : constant(wanted.type(), before.value()), wanted.type());
    }

    /// A value of Iceberg's as text that a cast reads.
    static String constant(Type type, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return switch (type.typeId()) {
            case BINARY, FIXED, STRUCT, LIST, MAP ->
                    throw new Unreadable("a value of type %s stands outside of it".formatted(type));
            default -> Sql.literal(Transforms.<Object>identity().toHumanString(type, value));
        };
    }

    private static String cast(String expression, Type type) {
        return "cast(%s as %s)".formatted(expression, IcebergTypes.type(type).sql());
    }

    /// The engine tells no names apart by case.
    private static void requireDistinct(ParquetField parent) {
        Set<String> names = new HashSet<>();
        for (ParquetField child : parent.children()) {
            if (!names.add(child.name().toLowerCase(Locale.ROOT))) {
                throw new Unreadable("it has two columns named '%s'".formatted(child.name()));
            }
        }
    }
}
