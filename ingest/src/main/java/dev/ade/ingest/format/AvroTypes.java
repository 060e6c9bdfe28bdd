package dev.ade.ingest.format;

import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/// What Avro's types are here. A union of several types, and a record within itself, are text: their JSON.
final class AvroTypes {
    private AvroTypes() {}

    static List<Column> columns(Schema record) {
        List<Column> columns = new ArrayList<>();
        for (Schema.Field field : record.getFields()) {
            columns.add(
                    new Column(field.name(), type(field.schema(), Set.of(record.getFullName()))));
        }
        return columns;
    }

    /// The one type beside null; empty where there are more.
    static Optional<Schema> single(Schema union) {
        List<Schema> some =
                union.getTypes().stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
        return some.size() == 1 ? Optional.of(some.getFirst()) : Optional.empty();
    }

    private static Type type(Schema schema, Set<String> within) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null) {
            Optional<Type> known = logical(logical);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return switch (schema.getType()) {
            case BOOLEAN -> Simple.BOOLEAN;
            case INT -> Simple.INTEGER;
            case LONG -> Simple.BIGINT;
            case FLOAT -> Simple.FLOAT;
            case DOUBLE -> Simple.DOUBLE;
            case BYTES, FIXED -> Simple.BLOB;
            case STRING, ENUM, NULL -> Simple.VARCHAR;
            case ARRAY -> new Type.ListOf(type(schema.getElementType(), within));
            case MAP -> new Type.MapOf(Simple.VARCHAR, type(schema.getValueType(), within));
            case UNION -> single(schema).map(one -> type(one, within)).orElse(Simple.VARCHAR);
            case RECORD -> record(schema, within);
        };
    }

    private static Type record(Schema schema, Set<String> within) {
        if (within.contains(schema.getFullName()) || schema.getFields().isEmpty()) {
            return Simple.VARCHAR;
        }
        Set<String> deeper = new HashSet<>(within);
        deeper.add(schema.getFullName());
        List<Column> fields = new ArrayList<>();
        schema.getFields()
                .forEach(field ->
                        fields.add(new Column(field.name(), type(field.schema(), deeper))));
        return new Type.Struct(fields);
    }

    private static Optional<Type> logical(LogicalType logical) {
        return switch (logical) {
            case LogicalTypes.Decimal decimal ->
                    Optional.of(
                            decimal.getPrecision() > Type.Decimal.PRECISION_MAX
                                    ? Simple.VARCHAR
                                    : new Type.Decimal(decimal.getPrecision(), decimal.getScale()));
            default ->
                    switch (logical.getName()) {
                        case "date" -> Optional.of(Simple.DATE);
                        case "time-millis", "time-micros" -> Optional.of(Simple.TIME);
                        case "timestamp-millis", "timestamp-micros", "timestamp-nanos" ->
                                Optional.of(Simple.TIMESTAMPTZ);
                        case "local-timestamp-millis",
                                "local-timestamp-micros",
                                "local-timestamp-nanos" ->
                                Optional.of(Simple.TIMESTAMP);
                        case "uuid" -> Optional.of(Simple.UUID);
                        default -> Optional.empty();
                    };
        };
    }
}
