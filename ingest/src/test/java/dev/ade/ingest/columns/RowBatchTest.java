package dev.ade.ingest.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Shelf;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowBatchTest {
    private static final Schema ALL =
            Schema.of(
                    new Column("truth", Simple.BOOLEAN),
                    new Column("whole", Simple.INTEGER),
                    new Column("large", Simple.BIGINT),
                    new Column("small_real", Simple.FLOAT),
                    new Column("real", Simple.DOUBLE),
                    new Column("day", Simple.DATE),
                    new Column("hour", Simple.TIME),
                    new Column("moment", Simple.TIMESTAMP),
                    new Column("instant", Simple.TIMESTAMPTZ),
                    new Column("text", Simple.VARCHAR),
                    new Column("bytes", Simple.BLOB),
                    new Column("uuid", Simple.UUID),
                    new Column("price", new Type.Decimal(10, 2)),
                    new Column("huge", new Type.Decimal(38, 5)),
                    new Column("list", new Type.ListOf(Simple.VARCHAR)),
                    new Column("lists", new Type.ListOf(new Type.ListOf(Simple.BIGINT))),
                    new Column(
                            "struct",
                            new Type.Struct(
                                    List.of(
                                            new Column("a", Simple.INTEGER),
                                            new Column("b", Simple.VARCHAR)))),
                    new Column("map", new Type.MapOf(Simple.VARCHAR, Simple.DOUBLE)));

    @TempDir private static Path folder;
    private static Engine engine;

    @BeforeAll
    static void start() {
        engine =
                new DuckEngine(
                        new EngineSettings(
                                2,
                                1L << 30,
                                folder,
                                1L << 30,
                                2,
                                1L << 28,
                                Duration.ofMinutes(1),
                                1000));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void every_value_comes_out_as_it_went_in() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Shelf shelf = engine.shelf();
                Shelf.Table table = shelf.table(ALL);
                RowBatch batch = new RowBatch(ALL, table.allocator())) {
            for (int i = 0; i < 10_000; i++) {
                List<@Nullable Object> row = row(random);
                boolean isForgotten = random.nextInt(50) == 0;
                put(batch, row, isForgotten ? random.nextInt(row.size()) : row.size());
                if (!isForgotten) {
                    rows.add(plain(row));
                }
                if (batch.rows() == 3_000) {
                    flush(batch, table);
                }
            }
            flush(batch, table);
            assertThat(rows(table)).as("seed %d", seed).isEqualTo(rows);
        }
    }

    /// Adds a row, or begins one and forgets it.
    private static void put(RowBatch batch, List<@Nullable Object> row, int values) {
        for (int i = 0; i < values; i++) {
            batch.cell(i).value(row.get(i));
        }
        if (values == row.size()) {
            batch.end();
        } else {
            batch.discard();
        }
    }

    private static void flush(RowBatch batch, Shelf.Table table) {
        try (ArrowReader reader = batch.reader()) {
            table.add(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        batch.clear();
    }

    private static List<List<@Nullable Object>> rows(Shelf.Table table) {
        try (Session session = engine.open(Relations.none());
                Cursor cursor = session.query("select * from " + table.sql())) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(plain(row));
            }
            return rows;
        }
    }

    private static List<@Nullable Object> plain(List<@Nullable Object> row) {
        List<@Nullable Object> plain = new ArrayList<>(row);
        plain.replaceAll(RowBatchTest::comparable);
        return plain;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }

    private static List<@Nullable Object> row(Random random) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Column column : ALL.columns()) {
            row.add(value(column.type(), random));
        }
        return row;
    }

    private static @Nullable Object value(Type type, Random random) {
        if (random.nextInt(10) == 0) {
            return null;
        }
        return switch (type) {
            case Simple simple -> value(simple, random);
            case Type.Decimal decimal ->
                    new BigDecimal(new BigInteger(decimal.precision() * 3, random), decimal.scale())
                            .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
            case Type.ListOf list -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(list.element(), random));
                }
                yield values;
            }
            case Type.Struct struct -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                struct.fields().forEach(it -> values.put(it.name(), value(it.type(), random)));
                yield values;
            }
            case Type.MapOf map -> {
                Map<Object, @Nullable Object> values = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.put("key " + i, value(map.value(), random));
                }
                yield values;
            }
        };
    }

    private static Object value(Simple type, Random random) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        random.nextLong(-60_000_000_000L, 200_000_000_000L),
                        random.nextInt(1_000_000) * 1_000,
                        ZoneOffset.UTC);
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt();
            case BIGINT -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextGaussian();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(-1_000_000, 1_000_000));
            case TIME -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000);
            case TIMESTAMP -> time;
            case TIMESTAMPTZ -> time.toInstant(ZoneOffset.UTC);
            case VARCHAR ->
                    "aé\u20ac\ud83d\ude00".repeat(random.nextInt(5))
                            + "x".repeat(random.nextInt(30));
            case BLOB -> bytes(random);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
        };
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void bytes_are_kept_and_what_is_no_text_is_replaced() {
        Schema schema = Schema.of(new Column("b", Simple.BLOB), new Column("t", Simple.VARCHAR));
        byte[] bytes = {'a', 'b', (byte) 0xff, 'c', 0, 'd', 'e', 'f', 'g', 'h', 'i', 'j'};
        try (Shelf shelf = engine.shelf();
                Shelf.Table table = shelf.table(schema);
                RowBatch batch = new RowBatch(schema, table.allocator())) {
            for (int length = 0; length <= 10; length++) {
                batch.cell(0).bytes(bytes, 1, length);
                batch.cell(1).bytes(bytes, 1, length);
                batch.end();
            }
            flush(batch, table);
            for (int length = 0; length <= 10; length++) {
                assertThat(rows(table).get(length))
                        .containsExactly(
                                Arrays.toString(Arrays.copyOfRange(bytes, 1, 1 + length)),
                                new String(bytes, 1, length, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void numbers_are_put_without_objects() {
        Schema schema =
                Schema.of(
                        new Column("p", new Type.Decimal(10, 2)),
                        new Column("i", Simple.TIMESTAMPTZ),
                        new Column("l", new Type.ListOf(Simple.INTEGER)));
        try (Shelf shelf = engine.shelf();
                Shelf.Table table = shelf.table(schema);
                RowBatch batch = new RowBatch(schema, table.allocator())) {
            batch.cell(0).whole(-12_345);
            batch.cell(1).whole(1_000_001);
            var elements = batch.cell(2).list(2);
            elements.whole(7);
            elements.nothing();
            batch.end();
            flush(batch, table);
            assertThat(rows(table))
                    .containsExactly(
                            Arrays.asList(
                                    new BigDecimal("-123.45"),
                                    Instant.EPOCH.plus(Duration.ofNanos(1_000_001_000)),
                                    Arrays.asList(7, null)));
            assertThatThrownBy(() -> batch.cell(0).value(new BigDecimal("0.001")))
                    .hasMessageStartingWith(
                            "Cannot stage a number as DECIMAL(10,2): it has more digits");
            assertThatThrownBy(() -> batch.cell(1).value("noon"))
                    .hasMessage("Cannot stage a String as TIMESTAMP WITH TIME ZONE");
            assertThatThrownBy(() -> batch.cell(2).truth(true))
                    .hasMessage("Cannot stage a boolean as INTEGER[]");
        }
    }

    @Test
    void is_full_by_rows_or_by_bytes() {
        Schema schema = Schema.of(new Column("t", Simple.VARCHAR));
        byte[] megabyte = new byte[1 << 20];
        try (Shelf shelf = engine.shelf();
                Shelf.Table table = shelf.table(schema);
                RowBatch batch = new RowBatch(schema, table.allocator())) {
            while (!batch.isFull()) {
                batch.cell(0).nothing();
                batch.end();
            }
            assertThat(batch.rows()).isEqualTo(RowBatch.ROWS_MAX);
            batch.clear();
            while (!batch.isFull()) {
                batch.cell(0).bytes(megabyte, 0, megabyte.length);
                batch.end();
            }
            assertThat(batch.bytes())
                    .isBetween(RowBatch.BYTES_MAX, RowBatch.BYTES_MAX + megabyte.length);
        }
    }

    @Test
    void equal_rows_hash_alike_whatever_was_in_memory_before() {
        try (Shelf shelf = engine.shelf();
                Shelf.Table table = shelf.table(ALL);
                RowBatch one = new RowBatch(ALL, table.allocator());
                RowBatch other = new RowBatch(ALL, table.allocator())) {
            Random before = new Random(1);
            for (int i = 0; i < 1_000; i++) {
                put(other, row(before), ALL.columns().size());
            }
            other.clear();
            Random random = new Random(2);
            for (int i = 0; i < 500; i++) {
                List<@Nullable Object> row = row(random);
                put(one, row, row.size());
                put(other, row, row.size());
            }
            assertThat(hash(one)).isEqualTo(hash(other));
            put(other, row(random), ALL.columns().size());
            assertThat(hash(one)).isNotEqualTo(hash(other));
        }
    }

    private static byte[] hash(RowBatch batch) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            batch.hash(digest);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
