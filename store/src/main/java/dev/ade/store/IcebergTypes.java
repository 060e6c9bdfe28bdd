package dev.ade.store;

import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// ADE's types as Iceberg's, and back.
public final class IcebergTypes {
    private IcebergTypes() {}

    static org.apache.iceberg.Schema schema(Schema schema) {
        return new org.apache.iceberg.Schema(fields(schema.columns(), new AtomicInteger()));
    }

    static org.apache.iceberg.types.Type type(Type type) {
        return type(type, new AtomicInteger());
    }

    static List<Field> fields(org.apache.iceberg.Schema schema) {
        return schema.columns().stream().map(IcebergTypes::field).toList();
    }

    private static List<NestedField> fields(List<Column> columns, AtomicInteger ids) {
        List<NestedField> fields = new ArrayList<>();
        for (Column column : columns) {
            int id = ids.incrementAndGet();
            fields.add(NestedField.optional(id, column.name(), type(column.type(), ids)));
        }
        return fields;
    }

    private static org.apache.iceberg.types.Type type(Type type, AtomicInteger ids) {
        return switch (type) {
            case Type.Decimal decimal -> Types.DecimalType.of(decimal.precision(), decimal.scale());
            case Type.ListOf list ->
                    Types.ListType.ofOptional(ids.incrementAndGet(), type(list.element(), ids));
            case Type.Struct struct -> Types.StructType.of(fields(struct.fields(), ids));
            case Type.MapOf map ->
                    Types.MapType.ofOptional(
                            ids.incrementAndGet(),
                            ids.incrementAndGet(),
                            type(map.key(), ids),
                            type(map.value(), ids));
            case Simple simple -> simple(simple);
        };
    }

    private static org.apache.iceberg.types.Type simple(Simple type) {
        return switch (type) {
            case BOOLEAN -> Types.BooleanType.get();
            case INTEGER -> Types.IntegerType.get();
            case BIGINT -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMPTZ -> Types.TimestampType.withZone();
            case VARCHAR -> Types.StringType.get();
            case BLOB -> Types.BinaryType.get();
            case UUID -> Types.UUIDType.get();
        };
    }

    private static Field field(NestedField field) {
        return new Field(field.fieldId(), field.name(), type(field.type()), children(field.type()));
    }

    private static List<Field> children(org.apache.iceberg.types.Type type) {
        return type.isNestedType()
                ? type.asNestedType().fields().stream().map(IcebergTypes::field).toList()
                : List.of();
    }

    public static Type type(org.apache.iceberg.types.Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> Simple.BOOLEAN;
            case INTEGER -> Simple.INTEGER;
            case LONG -> Simple.BIGINT;
            case FLOAT -> Simple.FLOAT;
            case DOUBLE -> Simple.DOUBLE;
            case DATE -> Simple.DATE;
            case TIME -> Simple.TIME;
            case TIMESTAMP, TIMESTAMP_NANO ->
                    type.equals(Types.TimestampType.withZone())
                            ? Simple.TIMESTAMPTZ
                            : Simple.TIMESTAMP;
            case STRING -> Simple.VARCHAR;
            case UUID -> Simple.UUID;
            case FIXED, BINARY -> Simple.BLOB;
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield new Type.Decimal(decimal.precision(), decimal.scale());
            }
            case LIST -> new Type.ListOf(type(type.asListType().elementType()));
            case MAP ->
                    new Type.MapOf(
                            type(type.asMapType().keyType()), type(type.asMapType().valueType()));
            case STRUCT ->
                    new Type.Struct(
                            type.asStructType().fields().stream()
                                    .map(field -> new Column(field.name(), type(field.type())))
                                    .toList());
            default ->
                    throw dev.ade.model.AdeException.user(
                            "Cannot read a column of Iceberg type " + type,
                            "Cast it in the engine that wrote it");
        };
    }
}
