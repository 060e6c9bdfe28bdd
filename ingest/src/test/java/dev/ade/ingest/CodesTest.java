package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.spi.Loader.Loaded;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Digits that are no number keep their zeros and their plus.
class CodesTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");

    @ParameterizedTest
    @ValueSource(strings = {"00123", "-007", "+491701234567", "00", "+0012", "000.50", "-01.5"})
    void a_column_with_a_code_is_text(String code) {
        yard.put("in/a.csv", "id,code\n1,12345\n2,%s\n3,7\n".formatted(code));

        yard.load(ORDERS);

        assertThat(yard.sql("select id, code, typeof(code) from shop.orders order by id"))
                .containsExactly("1|12345|VARCHAR", "2|%s|VARCHAR".formatted(code), "3|7|VARCHAR");
        assertThat(yard.inspect(ORDERS).yaml()).contains("{name: code, data_type: varchar}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-0.5", "0.5", "10", "1e5"})
    void a_number_is_a_number(String number) {
        yard.put("in/a.csv", "id,n\n1,12345\n2,%s\n".formatted(number));

        yard.load(ORDERS);

        assertThat(yard.sql("select typeof(any_value(n)) from shop.orders"))
                .first()
                .asString()
                .isIn("BIGINT", "DOUBLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", "/"})
    void whatever_the_delimiter(String delimiter) {
        yard.put("in/a.csv", "id,code\n1,-00123\n2,00124\n".replace(",", delimiter));

        yard.load(ORDERS.option("delim", delimiter));

        assertThat(yard.sql("select code from shop.orders order by id"))
                .containsExactly("-00123", "00124");
    }

    @Test
    void one_file_with_codes_is_enough() {
        yard.put("in/a.csv", "id,code\n1,12345\n");
        yard.put("in/b.csv", "id,code\n2,00123\n");
        yard.put("in/c.ndjson", "{\"id\":3,\"code\":77}\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select code from shop.orders order by id"))
                .containsExactly("12345", "00123", "77");
    }

    @Test
    void in_columns_at_fixed_places_too() {
        yard.put("in/a.fwf", "1  00123\n2  00124\n");

        yard.load(Declared.files("in/*.fwf").option("fields", "id:1-3,code:4-8"));

        assertThat(yard.sql("select code from shop.orders order by id"))
                .containsExactly("00123", "00124");
    }

    @Test
    void a_stored_number_stays_one() {
        yard.put("in/a.csv", "id,code\n1,12345\n");
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,code\n2,00123\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(yard.sql("select code, typeof(code) from shop.orders order by id"))
                .containsExactly("12345|BIGINT", "123|BIGINT");
        assertThat(loaded.drift())
                .containsExactly(
                        "column 'code' is bigint, and in/b.csv has values that begin with zeros or a plus, which are lost; declare {name: code, data_type: varchar} to keep them");
        yard.load(ORDERS.typed("code", "varchar"));
        assertThat(yard.sql("select code from shop.orders order by id"))
                .containsExactly("12345", "00123");
    }

    @Test
    void behind_the_sample_where_all_rows_are_looked_at() {
        yard.put(
                "in/a.csv",
                IntStream.range(0, 40_000)
                        .mapToObj(i -> "%d,%d\n".formatted(i, 10_000 + i))
                        .collect(Collectors.joining("", "id,code\n", "40000,-00123\n")));
        yard.put("in/b.csv", "id,code\n40001,1\n");

        yard.load(ORDERS.option("sample_size", -1));

        assertThat(yard.sql("select code from shop.orders where id = 40000"))
                .containsExactly("-00123");
    }

    @Test
    void times_and_days_are_no_codes() {
        yard.put("in/a.csv", "id,at,day\n1,10:15:00,2026-01-02\n");
        yard.put("in/b.ndjson", "{\"id\":2,\"at\":\"09:15:00\",\"day\":\"2026-01-02\"}\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select distinct typeof(\"at\"), typeof(day) from shop.orders"))
                .containsExactly("TIME|DATE");
    }
}
