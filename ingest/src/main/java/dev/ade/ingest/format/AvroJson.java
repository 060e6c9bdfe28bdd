package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// Values of Avro as JSON that a cast to their type takes back digit for digit: what JSON's numbers cannot hold is text.
final class AvroJson {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);

    private AvroJson() {}

    static void write(JsonGenerator json, GenericRecord row) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : row.getSchema().getFields()) {
            json.writeFieldName(field.name());
            write(json, field.schema(), row.get(field.pos()));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Schema schema, @Nullable Object value)
            throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        LogicalType logical = schema.getLogicalType();
        if (logical != null && writeLogical(json, logical, value)) {
            return;
        }
        switch (schema.getType()) {
            case UNION -> {
                int branch = GenericData.get().resolveUnion(schema, value);
                write(json, schema.getTypes().get(branch), value);
            }
            case RECORD -> write(json, (GenericRecord) value);
            case ARRAY -> {
                json.writeStartArray();
                for (Object one : (Collection<?>) value) {
                    write(json, schema.getElementType(), one);
                }
                json.writeEndArray();
            }
            case MAP -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(json, schema.getValueType(), entry.getValue());
                }
                json.writeEndObject();
            }
            case FIXED, BYTES -> json.writeString(blob(bytes(value)));
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT, LONG -> json.writeNumber(((Number) value).longValue());
            case FLOAT, DOUBLE -> writeDouble(json, (Number) value);
            case STRING, ENUM -> json.writeString(value.toString());
            case NULL -> json.writeNull();
        }
    }

    private static void writeDouble(JsonGenerator json, Number value) throws IOException {
        if (Double.isFinite(value.doubleValue())) {
            json.writeNumber(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }

    /// @return false for logical types that are taken for what they are made of
    private static boolean writeLogical(JsonGenerator json, LogicalType logical, Object value)
            throws IOException {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            BigDecimal number = new BigDecimal(new BigInteger(bytes(value)), decimal.getScale());
            json.writeString(number.toPlainString());
            return true;
        }
        String text = temporal(logical.getName(), value);
        if (!text.isEmpty()) {
            json.writeString(text);
        }
        return !text.isEmpty();
    }

    private static String temporal(String logical, Object value) {
        return switch (logical) {
            case "date" -> LocalDate.ofEpochDay(number(value)).toString();
            case "time-millis" -> LocalTime.ofNanoOfDay(number(value) * 1_000_000).toString();
            case "time-micros" -> LocalTime.ofNanoOfDay(number(value) * 1_000).toString();
            case "timestamp-millis" -> instant(number(value), 1_000).toString();
            case "timestamp-micros" -> instant(number(value), 1_000_000).toString();
            case "timestamp-nanos" -> instant(number(value), 1_000_000_000).toString();
            case "local-timestamp-millis" -> local(number(value), 1_000);
            case "local-timestamp-micros" -> local(number(value), 1_000_000);
            case "local-timestamp-nanos" -> local(number(value), 1_000_000_000);
            case "uuid" -> value instanceof GenericFixed fixed ? uuid(fixed) : value.toString();
            default -> "";
        };
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }

    private static Instant instant(long value, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond),
                Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
    }

    private static String local(long value, long perSecond) {
        return LOCAL.format(instant(value, perSecond).atOffset(ZoneOffset.UTC));
    }

    private static String uuid(GenericFixed fixed) {
        ByteBuffer bytes = ByteBuffer.wrap(fixed.bytes());
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static byte[] bytes(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) Objects.requireNonNull(value)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /// As the engine writes bytes in text.
    private static String blob(byte[] bytes) {
        return HexFormat.of().withUpperCase().withPrefix("\\x").formatHex(bytes);
    }
}
