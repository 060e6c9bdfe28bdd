package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that Apache ORC wrote: `Write.java` beside them says how.
class OrcTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");

    private static byte[] file(String name) throws IOException {
        try (InputStream in = OrcTest.class.getResourceAsStream("/orc/" + name + ".orc")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zlib", "snappy", "lz4", "zstd", "new-york"})
    void values_have_the_types_of_the_footer(String packed) throws IOException {
        yard.put("in/a.orc", file(packed));

        yard.load(ORDERS);

        assertThat(
                        yard.sql(
                                "select id, small, tiny, ok, rate, part, name, code, amount, day, local, made, hex(raw), tags[2], extra[7], who.city, who.no from shop.orders order by id"))
                .containsExactly(
                        "1|-300|-3|true|Infinity|0.1| blanks |ab|-12345678901234567890.0123456789|2026-12-31|2026-07-02T03:04:05.123456|2026-07-02T03:04:05.123456Z|0041FF|it's|seven|Lima|5",
                        "2" + "|null".repeat(16),
                        "9223372036854775807|-300|-3|false|0.1|0.1|Zoë \"Z\"|ab|-12345678901234567890.0123456789|1969-12-31|1969-12-30T23:59:59.999999|2026-07-02T03:04:05.123456Z|0041FF|it's|seven|Lima|5");
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
                        "integer",
                        "integer",
                        "boolean",
                        "double",
                        "float",
                        "varchar",
                        "varchar",
                        "decimal(30,10)",
                        "date",
                        "timestamp",
                        "timestamp with time zone",
                        "blob",
                        "varchar[]");
    }

    @Test
    void a_file_without_rows_is_a_batch() throws IOException {
        yard.put("in/a.orc", file("empty"));

        assertThat(yard.load(ORDERS).read()).isZero();
        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("0");
    }

    @Test
    void what_is_damaged_says_so() throws IOException {
        yard.put("in/a.orc", "nothing of the kind");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.orc: it is no ORC file, or it is damaged");

        byte[] whole = file("zlib");
        yard.put("in/a.orc", Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.orc: it is no ORC file, or it is damaged");

        yard.put("in/a.orc", file("number"));
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.orc: its rows are no structs");
    }

    @Test
    void any_damage_is_an_error_of_the_file_or_harmless() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = file("none");
            for (int j = 0; j < 3; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            yard.put("in/a.orc", bytes);
            try {
                yard.load(ORDERS);
            } catch (AdeException e) {
                assertThat(e.said()).startsWith("Cannot load ");
            }
        }
    }
}
