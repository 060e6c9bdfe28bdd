package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.trino.orc.OrcColumn;
import io.trino.orc.metadata.OrcType.OrcTypeKind;
import io.trino.spi.type.SqlDate;
import io.trino.spi.type.SqlDecimal;
import io.trino.spi.type.SqlTimestamp;
import io.trino.spi.type.SqlTimestampWithTimeZone;
import io.trino.spi.type.SqlVarbinary;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of ORC as JSON that a cast to their type takes back digit for digit: what JSON's numbers cannot hold is text.
final class OrcJson {
    private OrcJson() {}

    static void write(JsonGenerator json, OrcColumn column, @Nullable Object value)
            throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Float number -> writeReal(json, number);
            case Double number -> writeReal(json, number);
            case Number number -> json.writeNumber(number.longValue());
            case SqlDecimal number -> json.writeString(number.toBigDecimal().toPlainString());
            case SqlDate date -> json.writeString(LocalDate.ofEpochDay(date.getDays()).toString());
            case SqlTimestamp time -> json.writeString(time.toString());
            case SqlTimestampWithTimeZone time ->
                    json.writeString(time.toZonedDateTime().toInstant().toString());
            case SqlVarbinary bytes ->
                    json.writeString(
                            HexFormat.of()
                                    .withUpperCase()
                                    .withPrefix("\\x")
                                    .formatHex(bytes.getBytes()));
            case Map<?, ?> map -> writeMap(json, column, map);
            case List<?> list -> writeList(json, column, list);
            default -> json.writeString(text(column, value.toString()));
        }
    }

    /// Blanks fill a `char`, and are none of its text.
    private static String text(OrcColumn column, String value) {
        return kind(column) == OrcTypeKind.CHAR ? value.stripTrailing() : value;
    }

    private static OrcTypeKind kind(OrcColumn column) {
        return column.getColumnType().getOrcTypeKind();
    }

    private static void writeReal(JsonGenerator json, Number value) throws IOException {
        if (Double.isFinite(value.doubleValue())) {
            json.writeNumber(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }

    private static void writeMap(JsonGenerator json, OrcColumn column, Map<?, ?> map)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            write(json, column.getNestedColumns().get(1), entry.getValue());
        }
        json.writeEndObject();
    }

    /// Of a list, or the fields of a struct in order.
    private static void writeList(JsonGenerator json, OrcColumn column, List<?> list)
            throws IOException {
        List<OrcColumn> fields = column.getNestedColumns();
        if (kind(column) == OrcTypeKind.LIST) {
            json.writeStartArray();
            for (Object one : list) {
                write(json, fields.getFirst(), one);
            }
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            json.writeFieldName(fields.get(i).getColumnName());
            write(json, fields.get(i), list.get(i));
        }
        json.writeEndObject();
    }
}
