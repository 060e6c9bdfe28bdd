package dev.ade.code.run;

import dev.ade.model.Column;
import dev.ade.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// What a component of a record is made of, down to plain values.
sealed interface Shape {
    /// A plain value.
    ///
    /// @param made the type that it makes, which for decimals its component may say
    record Value(ValueKind kind, Type made) implements Shape {}

    /// A list.
    record Items(Shape element) implements Shape {}

    /// A record in a record: a struct.
    record Parts(Class<?> record, List<Component> components) implements Shape {
        public Parts {
            components = List.copyOf(components);
        }
    }

    /// A map.
    record Entries(Shape key, Shape value) implements Shape {}

    /// The type of what it makes.
    default Type type() {
        return switch (this) {
            case Value value -> value.made();
            case Items items -> new Type.ListOf(items.element().type());
            case Parts parts -> new Type.Struct(Component.columns(parts.components()));
            case Entries entries -> new Type.MapOf(entries.key().type(), entries.value().type());
        };
    }

    /// True where everything that a value of such a type has of this can be held without loss.
    default boolean canHold(Type type) {
        return switch (this) {
            case Value value -> value.kind().canHold(type);
            case Items items ->
                    type instanceof Type.ListOf(Type element) && items.element().canHold(element);
            case Parts parts ->
                    type instanceof Type.Struct struct
                            && parts.components().stream().allMatch(one -> isIn(struct, one));
            case Entries entries ->
                    type instanceof Type.MapOf(Type key, Type value)
                            && entries.key().canHold(key)
                            && entries.value().canHold(value);
        };
    }

    private static boolean isIn(Type.Struct struct, Component component) {
        return struct.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(component.source()))
                .findFirst()
                .filter(field -> component.shape().canHold(field.type()))
                .isPresent();
    }

    /// The vector that it is written to.
    default Field field(String name) {
        return switch (this) {
            case Value value -> new Field(name, FieldType.nullable(arrow(value)), null);
            case Items items ->
                    new Field(
                            name,
                            FieldType.nullable(new ArrowType.List()),
                            List.of(items.element().field("item")));
            case Parts parts ->
                    new Field(
                            name,
                            FieldType.nullable(new ArrowType.Struct()),
                            parts.components().stream().map(Component::field).toList());
            case Entries entries ->
                    new Field(
                            name,
                            FieldType.nullable(new ArrowType.Map(false)),
                            List.of(entries(entries)));
        };
    }

    private static Field entries(Entries entries) {
        Field key = entries.key().field("key");
        return new Field(
                "entries",
                FieldType.notNullable(new ArrowType.Struct()),
                List.of(
                        new Field("key", FieldType.notNullable(key.getType()), key.getChildren()),
                        entries.value().field("value")));
    }

    private static ArrowType arrow(Value value) {
        return value.made() instanceof Type.Decimal(int precision, int scale)
                ? new ArrowType.Decimal(precision, scale, 128)
                : value.kind().arrow();
    }

    /// What a column of a type may be declared as in Java; empty where there is nothing.
    static Optional<String> words(Type type) {
        return switch (type) {
            case Type.Simple _, Type.Decimal _ -> ValueKind.words(type);
            case Type.ListOf(Type element) -> boxed(element).map(word -> "List<" + word + ">");
            case Type.Struct struct -> Optional.of(record(struct));
            case Type.MapOf(Type key, Type value) ->
                    boxed(key)
                            .flatMap(one ->
                                    boxed(value).map(other -> "Map<%s, %s>".formatted(one, other)));
        };
    }

    private static String record(Type.Struct struct) {
        return struct.fields().stream()
                .map(field -> words(field).orElse("…"))
                .collect(Collectors.joining(", ", "record (", ")"));
    }

    private static Optional<String> words(Column field) {
        return boxed(field.type()).map(word -> word + " " + Component.camel(field.name()));
    }

    private static Optional<String> boxed(Type type) {
        return type.isNested() ? words(type) : ValueKind.boxed(type);
    }
}
