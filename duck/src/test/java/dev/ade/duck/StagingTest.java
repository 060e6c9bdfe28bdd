package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private @TempDir Path folder = Path.of("");

    @Test
    void stages_every_type_and_lists_with_gaps() {
        List<@Nullable Object> row =
                Arrays.asList(
                        true,
                        7,
                        1.5f,
                        2.5,
                        new BigDecimal("12.30"),
                        LocalDate.of(2026, 1, 31),
                        LocalTime.of(12, 30, 1),
                        LocalDateTime.of(2026, 1, 31, 23, 59, 58, 123_456_000),
                        new UUID(1, 2),
                        Arrays.asList("it's [a, b]", null, "\\"),
                        List.of(3L, 4L),
                        List.of(),
                        List.of(List.of(1)));
        Schema schema =
                schema(
                        "boolean",
                        "integer",
                        "float",
                        "double",
                        "decimal(9,2)",
                        "date",
                        "time",
                        "timestamp",
                        "uuid",
                        "varchar[]",
                        "bigint[]",
                        "double[]",
                        "integer[][]");
        try (Engine engine = Engines.open(folder);
                Session session = engine.open(Relations.none())) {
            session.stage("t", schema, List.of(row));
            try (Cursor cursor = session.query("select * from t")) {
                assertThat(cursor.next()).isEqualTo(row);
            }
        }
    }

    @Test
    void stages_structs_and_maps_in_each_other_with_gaps() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("sku", "pen");
        line.put("price", null);
        Map<String, @Nullable Object> outer = new LinkedHashMap<>();
        outer.put("line", line);
        outer.put("days", Arrays.asList(LocalDate.of(2026, 1, 31), null));
        List<@Nullable Object> row =
                Arrays.asList(
                        line,
                        outer,
                        Arrays.asList(line, null),
                        Map.of("a", line),
                        Map.of("b", List.of(1L)),
                        null);
        String struct = "struct(sku varchar, price decimal(9,2))";
        Schema schema =
                schema(
                        struct,
                        "struct(line %s, days date[])".formatted(struct),
                        struct + "[]",
                        "map(varchar, %s)".formatted(struct),
                        "map(varchar, bigint[])",
                        struct);
        try (Engine engine = Engines.open(folder);
                Session session = engine.open(Relations.none())) {
            session.stage("t", schema, List.of(row, Arrays.asList(new Object[6])));
            try (Cursor cursor = session.query("select * from t")) {
                assertThat(cursor.next()).isEqualTo(row);
                assertThat(cursor.next()).containsOnlyNulls();
            }
            assertThatThrownBy(() -> session.stage("t", schema(struct), List.of(List.of("a"))))
                    .hasMessage(
                            "Cannot stage a String as STRUCT(\"sku\" VARCHAR, \"price\" DECIMAL(9,2))");
        }
    }

    @Test
    void refuses_what_a_column_cannot_hold() {
        try (Engine engine = Engines.open(folder);
                Session session = engine.open(Relations.none())) {
            assertThatThrownBy(
                            () -> session.stage("t", schema("integer"), List.of(List.of(1L << 40))))
                    .isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> session.stage("t", schema("integer[]"), List.of(List.of("a"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot stage a String as INTEGER[]");
            assertThatThrownBy(() ->
                            session.stage(
                                    "t",
                                    schema("decimal(5,2)"),
                                    List.of(List.of(new BigDecimal("1.505")))))
                    .hasMessage("Cannot stage a number as DECIMAL(5,2): it has more digits");
        }
    }

    private static Schema schema(String... types) {
        return new Schema(
                IntStream.range(0, types.length)
                        .mapToObj(i -> new Column("c" + i, Type.parse(types[i])))
                        .toList());
    }
}
