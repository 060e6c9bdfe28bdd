package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");

    private static final Schema SCHEMA =
            new Schema.Parser()
                    .parse(
                            """
                            {"type": "record", "name": "Order", "fields": [
                             {"name": "id", "type": "long"},
                             {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 20}},
                             {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                             {"name": "made_at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
                             {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                             {"name": "ref", "type": {"type": "string", "logicalType": "uuid"}},
                             {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "DONE"]}},
                             {"name": "tags", "type": {"type": "array", "items": "string"}},
                             {"name": "extra", "type": {"type": "map", "values": "int"}},
                             {"name": "who", "type": {"type": "record", "name": "Who", "fields": [{"name": "city", "type": "string"}]}},
                             {"name": "raw", "type": "bytes"},
                             {"name": "rate", "type": "double"},
                             {"name": "mixed", "type": ["null", "int", "string"]}]}
                            """);

    private static GenericRecord order(long id) {
        GenericRecord order = new GenericData.Record(SCHEMA);
        order.put("id", id);
        order.put(
                "amount",
                ByteBuffer.wrap(
                        new BigDecimal("-1234567890.12345678901234567890")
                                .unscaledValue()
                                .toByteArray()));
        order.put("day", (int) LocalDate.of(2026, 1, 31).toEpochDay());
        order.put("made_at", id == 1 ? -1L : null);
        order.put("local", Instant.parse("2026-01-31T10:00:00.125Z").toEpochMilli());
        order.put("ref", "f47ac10b-58cc-4372-a567-0e02b2c3d479");
        order.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "DONE"));
        order.put("tags", Arrays.asList("a", "it's"));
        order.put("extra", Map.of("k", 7));
        GenericRecord who = new GenericData.Record(SCHEMA.getField("who").schema());
        who.put("city", "Lima");
        order.put("who", who);
        order.put("raw", ByteBuffer.wrap(new byte[] {0, 65, (byte) 0xFF}));
        order.put("rate", id == 1 ? 0.1 : Double.POSITIVE_INFINITY);
        order.put("mixed", id == 1 ? (Object) 5 : "five");
        return order;
    }

    private static byte[] file(CodecFactory codec, List<GenericRecord> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
            writer.setCodec(codec);
            writer.create(SCHEMA, bytes);
            for (GenericRecord row : rows) {
                writer.append(row);
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "bzip2"})
    void values_have_the_types_of_the_schema(String codec) throws IOException {
        yard.put("in/a.avro", file(CodecFactory.fromString(codec), List.of(order(1), order(2))));

        yard.load(ORDERS);

        assertThat(
                        yard.sql(
                                "select id, amount, day, made_at, local, ref, state, tags[2], extra['k'], who.city, hex(raw), rate, mixed from shop.orders order by id"))
                .containsExactly(
                        "1|-1234567890.12345678901234567890|2026-01-31|1969-12-31T23:59:59.999999Z|2026-01-31T10:00:00.125|f47ac10b-58cc-4372-a567-0e02b2c3d479|DONE|it's|7|Lima|0041FF|0.1|5",
                        "2|-1234567890.12345678901234567890|2026-01-31|null|2026-01-31T10:00:00.125|f47ac10b-58cc-4372-a567-0e02b2c3d479|DONE|it's|7|Lima|0041FF|Infinity|five");
        assertThat(
                        yard
                                .published()
                                .state(Declared.NAME)
                                .orElseThrow()
                                .schema()
                                .columns()
                                .stream()
                                .map(column -> column.type().text())
                                .toList())
                .startsWith(
                        "bigint",
                        "decimal(30,20)",
                        "date",
                        "timestamp with time zone",
                        "timestamp",
                        "uuid");
    }

    @Test
    void a_file_without_rows_is_a_batch() throws IOException {
        yard.put("in/a.avro", file(CodecFactory.nullCodec(), List.of()));

        assertThat(yard.load(ORDERS).read()).isZero();
        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("0");
    }

    @Test
    void what_is_damaged_says_so() throws IOException {
        yard.put("in/a.avro", "nothing of the kind");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.avro: it is no Avro file");

        byte[] whole = file(CodecFactory.nullCodec(), List.of(order(1)));
        yard.put("in/a.avro", Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.avro: it ends in the middle of its rows");
    }
}
