package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Loaded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers and times land digit for digit, or their row stays out.
class ExactTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");
    private static final String REJECTED =
            "select source, line, column_name, reason from ade.rejected order by all";

    @Test
    void decimals_of_json_keep_every_digit() {
        yard.put(
                "in/a.ndjson",
                """
                {"id": 1, "rate": 0.12345678901234567890, "d": {"x": 1.12345678901234567890}, "f": 0.12345678901234567890}
                {"id": 2, "rate": 12345678901234567.5, "d": null, "f": 1}
                no object
                """);
        yard.put("in/b.json", "[{\"id\": 3, \"Rate\": 9.87654321098765432101, \"f\": 1.5}]");
        Declared declared =
                ORDERS.typed("rate", "decimal(38,20)").typed("d", "struct(x decimal(30,20))");

        Loaded loaded = yard.load(declared);

        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select id, rate, d.x, f from shop.orders order by id"))
                .containsExactly(
                        "1|0.12345678901234567890|1.12345678901234567890|0.12345678901234568",
                        "2|12345678901234567.50000000000000000000|null|1.0",
                        "3|9.87654321098765432101|null|1.5");
    }

    @Test
    void whole_numbers_beyond_64_bits_keep_every_digit() {
        String wide = "123456789012345678901";
        String all =
                """
                {"id": 1, "n": 123456789012345678901, "mix": 123456789012345678901, "d": {"x": 123456789012345678901}, "e": [{"a b": 123456789012345678901}], "f": 0.5}
                {"id": 2, "n": -1, "mix": 0.5, "d": {"x": 1}, "e": [{"a b": 1}, {"a b": null}], "f": 1}
                """;
        yard.put("in/a.ndjson", all);
        yard.put(
                "in/b.json",
                "[" + all.replace("}\n{", "},{").replace("\"id\": ", "\"id\": 1") + "]");
        yard.put("in/c.csv", "id,n,mix\n3,%s,%s\n4,-2,1.5\n".formatted(wide, wide));
        yard.put("in/d.ndjson", "no object\n{\"id\": 5, \"n\": %s}\n".formatted(wide));

        yard.load(ORDERS);

        assertThat(yard.sql("select id, n, mix, d.x, e[1].\"a b\", f from shop.orders order by id"))
                .containsExactly(
                        "1|%1$s|%1$s|%1$s|%1$s|0.5".formatted(wide),
                        "2|-1|0.5|1|1|1.0",
                        "3|%1$s|%1$s|null|null|null".formatted(wide),
                        "4|-2|1.5|null|null|null",
                        "5|%s|null|null|null|null".formatted(wide),
                        "11|%1$s|%1$s|%1$s|%1$s|0.5".formatted(wide),
                        "12|-1|0.5|1|1|1.0");
        assertThat(yard.sql("select typeof(any_value(n)), typeof(any_value(mix)) from shop.orders"))
                .containsExactly("DECIMAL(38,0)|VARCHAR");
    }

    @Test
    void a_later_file_takes_no_digits_from_them() {
        String wide = "123456789012345678901";
        yard.put("in/a.ndjson", "{\"id\": 1, \"n\": %s}\n".formatted(wide));
        yard.load(ORDERS);
        yard.put("in/b.ndjson", "{\"id\": 2, \"n\": 9%s}\n".formatted(wide));
        yard.load(ORDERS);
        assertThat(yard.sql("select n, typeof(n) from shop.orders order by id"))
                .containsExactly(wide + "|DECIMAL(38,0)", "9" + wide + "|DECIMAL(38,0)");

        yard.put("in/c.ndjson", "{\"id\": 3, \"n\": 1.5}\n");
        yard.load(ORDERS);

        assertThat(yard.sql("select n from shop.orders order by id"))
                .containsExactly(wide, "9" + wide, "1.5");
    }

    @Test
    void digits_without_end_are_text() {
        yard.put("in/a.csv", "id,n\n1,%s\n2,5\n".formatted("7".repeat(60)));
        yard.put("in/b.ndjson", "{\"id\": 3, \"n\": %s}\n".formatted("8".repeat(60)));

        yard.load(ORDERS);

        assertThat(yard.sql("select n from shop.orders order by id"))
                .containsExactly("7".repeat(60), "5", "8".repeat(60));
    }

    @Test
    void a_number_with_more_digits_than_its_column_holds_is_rejected() {
        yard.put("in/a.csv", "id,amount\n1,1.239\n2,1.2300\n3,12e-1\n4,1e-3\n5,\n");
        yard.put("in/b.ndjson", "{\"id\":6,\"amount\":0.00001}\n{\"id\":7,\"amount\":7.5}\n");
        yard.copy(
                "select 8 as id, 1.239::decimal(9,3) as amount", "in/c.parquet", "FORMAT parquet");

        Loaded loaded = yard.load(ORDERS.typed("amount", "decimal(10,2)"));

        assertThat(loaded.read()).isEqualTo(8);
        assertThat(yard.sql("select id, amount from shop.orders order by id"))
                .containsExactly("2|1.23", "3|1.20", "5|null", "7|7.50");
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|2|amount|not a decimal(10,2)",
                        "in/a.csv|5|amount|not a decimal(10,2)",
                        "in/b.ndjson|1|amount|not a decimal(10,2)",
                        "in/c.parquet|1|amount|not a decimal(10,2)");
    }

    @Test
    void a_fraction_is_no_integer() {
        yard.put("in/a.csv", "id,qty\n1,1.5\n2,2.0\n3,3\n");
        yard.put("in/b.ndjson", "{\"id\":4,\"qty\":4.5}\n{\"id\":5,\"qty\":5}\n");
        yard.copy("select 6 as id, 6.5::double as qty", "in/c.parquet", "FORMAT parquet");

        yard.load(ORDERS.typed("qty", "integer"));

        assertThat(yard.sql("select id, qty from shop.orders order by id"))
                .containsExactly("2|2", "3|3", "5|5");
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|2|qty|not an integer",
                        "in/b.ndjson|1|qty|not an integer",
                        "in/c.parquet|1|qty|not an integer");
    }

    @Test
    void numbers_in_texts_of_parquet_are_exact_too() {
        yard.copy(
                "from (values (1, '1.5', '1.239'), (2, '2.0', '1.23')) t(id, qty, amount)",
                "in/a.parquet",
                "FORMAT parquet");

        yard.load(ORDERS.typed("qty", "integer").typed("amount", "decimal(10,2)"));

        assertThat(yard.sql("select id, qty, amount from shop.orders")).containsExactly("2|2|1.23");
    }

    /// Larger files are read by another statement.
    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void spaces_around_what_is_cast_from_csv_belong_to_texts_only(int more) {
        String nbsp = "\u00A0";
        yard.put(
                "in/a.csv",
                "n;i;d;day;seen;clock;code;ids;text\n"
                        + values("1", "")
                        + values("2", " ")
                        + values("3", nbsp)
                        + values("4", nbsp + "   ")
                        + values("5", "").repeat(more));
        Declared declared =
                ORDERS.option("delim", ";")
                        .typed("i", "integer")
                        .typed("d", "decimal(10,2)")
                        .typed("day", "date")
                        .typed("seen", "timestamp")
                        .typed("clock", "time")
                        .typed("code", "uuid")
                        .typed("ids", "bigint[]")
                        .typed("text", "varchar");

        yard.load(declared);

        assertThat(yard.sql(REJECTED)).isEmpty();
        assertThat(yard.sql("select distinct i, d, day, seen, clock, code, ids from shop.orders"))
                .hasSize(1);
        assertThat(yard.sql("select text, i, d, day from shop.orders where n < 5 order by n"))
                .containsExactly(
                        "it is|-7|1.50|2026-01-02",
                        " it is |-7|1.50|2026-01-02",
                        nbsp + "it is" + nbsp + "|-7|1.50|2026-01-02",
                        nbsp + "   it is" + nbsp + "   |-7|1.50|2026-01-02");
    }

    private static String values(String number, String space) {
        return Stream.of(
                        "-7",
                        "1.50",
                        "2026-01-02",
                        "2026-01-02 10:00:00",
                        "10:00:00",
                        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                        "[1,2]",
                        "it is")
                .map(value -> space + value + space)
                .collect(Collectors.joining(";", number + ";", "\n"));
    }

    @Test
    void a_time_with_an_offset_is_told_in_utc_and_one_with_other_words_is_none() {
        yard.put(
                "in/a.csv",
                """
                id,seen
                1,2026-01-02 10:00
                2,2026-01-02 10:00:00+02:00
                3,2026-01-02T10:00:00.123456Z
                4,2026-01-02 10:00 PM
                5,2026-01-02 10:00:00 or so
                6,2026-01-02
                """);
        yard.put(
                "in/b.ndjson",
                "{\"id\":7,\"seen\":\"2026-01-02 10:00:00-0330\"}\n{\"id\":8,\"seen\":\"2026-01-02 10:00 PM\"}\n");

        yard.load(ORDERS.typed("seen", "timestamp"));

        assertThat(yard.sql("select id, seen from shop.orders order by id"))
                .containsExactly(
                        "1|2026-01-02T10:00",
                        "2|2026-01-02T08:00",
                        "3|2026-01-02T10:00:00.123456",
                        "6|2026-01-02T00:00",
                        "7|2026-01-02T13:30");
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|5|seen|not a timestamp",
                        "in/a.csv|6|seen|not a timestamp",
                        "in/b.ndjson|2|seen|not a timestamp");
    }

    @Test
    void a_time_of_day_is_no_part_of_a_date_nor_a_date_or_pm_of_a_time() {
        yard.put(
                "in/a.csv",
                """
                id,day,seen
                1,2026-01-02,10:00
                2,2026-01-02 00:00:00,10:00:00.5Z
                3,2026-01-02T00:00:00+02:00,23:59:59+00:00
                4,2026-01-02 10:00,11:00
                5,2026-01-02,10:00 PM
                6,2026-01-02,2026-01-02
                7,2026-01-02,10:00+02
                """);
        yard.copy(
                "from (values (8, timestamp '2026-01-02 10:00'), (9, timestamp '2026-01-03')) t(id, day)",
                "in/b.parquet",
                "FORMAT parquet");

        yard.load(ORDERS.typed("day", "date").typed("seen", "time"));

        assertThat(yard.sql("select id, day, seen from shop.orders order by id"))
                .containsExactly(
                        "1|2026-01-02|10:00",
                        "2|2026-01-02|10:00:00.500",
                        "3|2026-01-02|23:59:59",
                        "9|2026-01-03|null");
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|5|day|not a date",
                        "in/a.csv|6|seen|not a time",
                        "in/a.csv|7|seen|not a time",
                        "in/a.csv|8|seen|not a time",
                        "in/b.parquet|1|day|not a date");
    }

    @Test
    void numbers_of_other_countries_are_exact_too() {
        yard.put("in/a.csv", "id;amount\n1;1.234,50\n2;1.234,567\n");

        yard.load(
                ORDERS.typed("amount", "decimal(10,2)")
                        .option("decimal_separator", ",")
                        .option("thousands", "."));

        assertThat(yard.sql("select id, amount from shop.orders")).containsExactly("1|1234.50");
        assertThat(yard.sql(REJECTED)).containsExactly("in/a.csv|3|amount|not a decimal(10,2)");
    }

    @Test
    void what_code_stages_is_not_rounded() {
        Schema schema =
                Schema.of(
                        new Column("id", Type.Simple.BIGINT),
                        new Column("amount", new Type.Decimal(5, 2)));
        yard.connect(
                new Connector() {
                    @Override
                    public Offer look(Request request) {
                        return Offer.of("rows");
                    }

                    @Override
                    public Outcome read(Request request, Stage stage) {
                        try (Rows rows = stage.rows("rows", schema)) {
                            rows.add(List.of(1L, new BigDecimal("1.50")));
                            rows.add(List.of(2L, new BigDecimal("1.505")));
                            rows.add(List.of(3L, new BigDecimal("12345")));
                            rows.add(List.of(4L, new BigDecimal("1.5000")));
                        }
                        return new Outcome(Optional.empty(), OptionalLong.of(4));
                    }
                });

        Loaded loaded =
                yard.load(
                        Sources.of(
                                "shop.log",
                                new LoadSpec.Outside(
                                        LoadSpec.SystemKind.JDBC,
                                        Map.of("jdbc", "log"),
                                        LoadSpec.Mode.REPLACE,
                                        List.of(),
                                        new LoadSpec.RejectLimit(100, 1))));

        assertThat(loaded.read()).isEqualTo(4);
        assertThat(yard.sql("select id, amount from shop.log order by id"))
                .containsExactly("1|1.50", "4|1.50");
        assertThat(yard.sql("select line, column_name, reason from ade.rejected order by all"))
                .containsExactly("2|amount|not a decimal(5,2)", "3|amount|not a decimal(5,2)");
    }

    @Test
    void only_long_numbers_of_the_columns_are_quoted() throws IOException {
        String json =
                "{\"a\":1.1234567890123456,\"b\":1.1234567890123456,\"t\":\"a:1.1234567890123456\",\"c\":{\"a\":2.1234567890123456,\"s\":\"\\\"\"},\"a\":12345678901234567890}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ExactNumbers.copy(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                out,
                new ExactNumbers.Wanted(LoadSpec.Format.NDJSON, Set.of("a")));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(json.replaceFirst("1\\.1234567890123456", "\"1.1234567890123456\""));
    }
}
