package dev.ade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWritersTest {
    private static final Schema PEOPLE =
            Schema.of(
                    new Column("name", Type.Simple.VARCHAR),
                    new Column("amount", new Type.Decimal(10, 2)));
    private static final Screen NARROW = new Screen(20, Screen.Look.PLAIN, Screen.Motion.STILL);

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @SafeVarargs
    private static String written(
            ResultFormat format, Screen screen, Schema schema, List<@Nullable Object>... rows) {
        Printed printed = new Printed();
        RowWriter writer = format.writer(printed.stream(), screen);
        writer.begin(schema);
        for (List<@Nullable Object> row : rows) {
            writer.row(row);
        }
        writer.end(rows.length, RowWriter.Cut.WHOLE);
        return printed.text();
    }

    @Test
    void tables_are_aligned_with_numbers_at_the_right() {
        assertThat(
                        written(
                                ResultFormat.TABLE,
                                Screen.PLAIN,
                                PEOPLE,
                                row("Ada", new BigDecimal("10.00")),
                                row("Bartholomew", new BigDecimal("5.50")),
                                row(null, null)))
                .isEqualTo(
                        """
                        name         amount
                        ───────────  ──────
                        Ada           10.00
                        Bartholomew    5.50
                        NULL           NULL
                        (3 rows)
                        """);
    }

    @Test
    void wide_characters_take_two_columns() {
        assertThat(
                        written(
                                ResultFormat.TABLE,
                                Screen.PLAIN,
                                PEOPLE,
                                row("東京", new BigDecimal("1.00")),
                                row("ab́c", new BigDecimal("2.00"))))
                .isEqualTo(
                        """
                        name  amount
                        ────  ──────
                        東京    1.00
                        ab́c     2.00
                        (2 rows)
                        """);
    }

    @Test
    void long_cells_give_way_but_numbers_stay_whole() {
        assertThat(
                        written(
                                ResultFormat.TABLE,
                                NARROW,
                                PEOPLE,
                                row("a very long name indeed", new BigDecimal("1234567.00"))))
                .isEqualTo(
                        """
                        name          amount
                        ────────  ──────────
                        a very …  1234567.00
                        (1 row)
                        """);
    }

    @Test
    void control_characters_cannot_move_the_cursor() {
        assertThat(
                        written(
                                ResultFormat.TABLE,
                                Screen.PLAIN,
                                PEOPLE,
                                row("a\nb\u001b[2J", BigDecimal.ONE)))
                .contains("a\\nb\\u001b[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void nulls_are_dim_where_colours_are_understood() {
        Screen colour = new Screen(80, Screen.Look.COLOUR, Screen.Motion.STILL);

        assertThat(written(ResultFormat.TABLE, colour, PEOPLE, row(null, BigDecimal.ONE)))
                .contains("\u001b[2mNULL\u001b[0m");
    }

    @Test
    void rows_after_the_sample_go_straight_through() {
        Printed printed = new Printed();
        TableWriter writer = new TableWriter(printed.stream(), Screen.PLAIN);
        writer.begin(PEOPLE);
        for (int i = 0; i < TableWriter.SAMPLE_ROWS - 1; i++) {
            writer.row(row("x", BigDecimal.ONE));
        }
        assertThat(printed.text()).isEmpty();

        writer.row(row("x", BigDecimal.ONE));
        assertThat(printed.text().lines()).hasSize(TableWriter.SAMPLE_ROWS + 2);

        writer.row(row("longer than the sample", BigDecimal.ONE));
        assertThat(printed.text().lines().toList().getLast()).startsWith("lon…  ");
        writer.end(TableWriter.SAMPLE_ROWS + 1, RowWriter.Cut.CUT);
        assertThat(printed.text())
                .endsWith("(the first 501 rows; the limit left out the others)\n");
    }

    @Test
    void csv_tells_null_from_empty() {
        assertThat(
                        written(
                                ResultFormat.CSV,
                                Screen.PLAIN,
                                PEOPLE,
                                row(null, BigDecimal.ONE),
                                row("", BigDecimal.ONE),
                                row("a,\"b\"\nc", null)))
                .isEqualTo("name,amount\n,1\n\"\",1\n\"a,\"\"b\"\"\nc\",\n");
    }

    @Test
    void json_is_an_array_of_objects() {
        Schema schema =
                Schema.of(
                        new Column("a", Type.Simple.BIGINT),
                        new Column("b", new Type.ListOf(Type.Simple.DOUBLE)),
                        new Column("c", Type.Simple.TIMESTAMP));

        assertThat(
                        written(
                                ResultFormat.JSON,
                                Screen.PLAIN,
                                schema,
                                row(1L, Arrays.asList(1.5, Double.NaN), null),
                                row(2L, null, LocalDateTime.parse("2026-01-01T10:00:00.5"))))
                .isEqualTo(
                        """
                        [
                        {"a":1,"b":[1.5,"NaN"],"c":null},
                        {"a":2,"b":null,"c":"2026-01-01 10:00:00.5"}
                        ]
                        """);
        assertThat(written(ResultFormat.JSON, Screen.PLAIN, schema)).isEqualTo("[\n]\n");
    }

    @Test
    void ndjson_is_an_object_a_line() {
        assertThat(
                        written(
                                ResultFormat.NDJSON,
                                Screen.PLAIN,
                                PEOPLE,
                                row("Ada", new BigDecimal("1E+3")),
                                row(null, null)))
                .isEqualTo("{\"name\":\"Ada\",\"amount\":1000}\n{\"name\":null,\"amount\":null}\n");
        assertThat(written(ResultFormat.NDJSON, Screen.PLAIN, PEOPLE)).isEmpty();
    }

    @Test
    void markdown_escapes_its_own_bars() {
        assertThat(written(ResultFormat.MARKDOWN, Screen.PLAIN, PEOPLE, row("a|b", BigDecimal.TEN)))
                .isEqualTo("| name | amount |\n| --- | --: |\n| a\\|b | 10 |\n");
    }

    @Test
    void values_read_as_the_engine_writes_them() {
        assertThat(Values.text(Instant.parse("2026-01-01T10:00:00Z")))
                .isEqualTo("2026-01-01 10:00:00+00");
        assertThat(Values.text(LocalDate.parse("2026-01-01"))).isEqualTo("2026-01-01");
        assertThat(Values.text(new byte[] {1, (byte) 0xff})).isEqualTo("\\x01ff");
        assertThat(Values.text(Map.of("k", List.of(1, 2)))).isEqualTo("{k: [1, 2]}");
        assertThat(Values.text(null)).isEqualTo("NULL");
    }

    @Test
    void the_name_of_a_file_says_its_format() {
        assertThat(ResultFormat.ofFile("a/b.PARQUET")).contains(ResultFormat.PARQUET);
        assertThat(ResultFormat.ofFile("b.jsonl")).contains(ResultFormat.NDJSON);
        assertThat(ResultFormat.ofFile("b.xyz")).isEmpty();
    }
}
