package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ade.model.AdeException;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Input that is broken: what is said, and that nothing is lost or half loaded.
class BrokenTest extends InYard {
    private static final Declared ORDERS = Declared.files("in");

    @BeforeEach
    void put_files() {
        yard.put("in/good.csv", "id,city\n1,Lima\n");
        yard.load(ORDERS);
    }

    @Test
    void a_gzip_that_ends_too_early() {
        byte[] whole = Yard.gzip("id,city\n" + "2,Oslo is far away\n".repeat(50_000));
        yard.put("in/b.csv.gz", Arrays.copyOf(whole, whole.length / 2));

        assertFails(
                ORDERS,
                "Cannot load in/b.csv.gz: it ends in the middle of its compressed data",
                "Copy or download it again");
    }

    @Test
    void a_gzip_that_is_none() {
        yard.put("in/b.csv.gz", "id,city\n2,Oslo\n");

        assertFails(
                ORDERS,
                "Cannot load in/b.csv.gz: it is not what its name says it is packed with",
                "Rename it, or pack it again");
    }

    @Test
    void text_in_another_encoding() {
        yard.put("in/b.csv", "id,city\n2,Zürich\n", StandardCharsets.ISO_8859_1);

        assertFails(
                ORDERS,
                "Cannot load in/b.csv: its text is not in the encoding it is read with",
                "Add load: {options: {encoding: latin-1}} (or windows-1252, utf-16), or convert it with iconv -t utf-8");
    }

    @Test
    void text_that_says_itself_what_encoding_it_is_in() {
        yard.put("in/b.csv", "\uFEFFid,name\n1,ada\n".getBytes(StandardCharsets.UTF_16LE));
        assertFails(
                ORDERS,
                "Cannot load in/b.csv: it begins as a text in utf-16 does",
                "Add load: {options: {encoding: utf-16}}, or convert it with iconv -f utf-16 -t utf-8");

        yard.put("in/b.csv", "\uFEFFid,name\n1,ada\n".getBytes(StandardCharsets.UTF_16BE));
        assertFails(
                ORDERS,
                "Cannot load in/b.csv: it begins as a text in utf-16be does",
                "Add load: {options: {encoding: utf-16be}}, or convert it with iconv -f utf-16 -t utf-8");
    }

    @Test
    void bytes_that_break_the_encoding_far_below() {
        byte[] bytes =
                ("id,city\n" + "2,Oslo\n".repeat(100_000) + "3,Z#rich\n" + "4,Rome\n".repeat(1000))
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '#') {
                bytes[i] = (byte) 0xFC;
            }
        }
        yard.put("in/b.csv", bytes);

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(101_001);
        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select line, reason from ade.rejected"))
                .containsExactly("100002|the text is not in the encoding of the file");
    }

    @Test
    void a_column_that_a_key_needs_is_missing() {
        yard.put("in/b.csv", "number,city\n2,Oslo\n");

        assertFails(
                ORDERS.merge("id"),
                "Cannot load shop.orders: column 'id' is not in in/b.csv, which has number, city",
                "Correct the file, or the declaration: the column is a key, the event time or not_null. If it is 'number' by now, declare {name: id, aliases: [number]}");
    }

    @Test
    void a_line_that_is_too_long_is_rejected_and_the_rest_lands() {
        yard.put("in/b.csv", "id,city\n2,Oslo\n3," + "x".repeat(10_000_000) + "\n4,Rome\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(3);
        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(yard.sql("select line, value_class, reason from ade.rejected"))
                .containsExactly("3|a line|the line is longer than max_line_size");
        assertThat(yard.sql("select id from shop.orders order by id"))
                .containsExactly("1", "2", "4");
    }

    @Test
    void a_quote_that_is_never_closed_loses_nothing() {
        yard.put("in/b.csv", "id,city\n2,Oslo\n3,\"Rome\n4,Bern\n5,Kyiv\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(loaded.landed() + loaded.rejected());
        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select line from ade.rejected")).containsExactly("3");
    }

    @Test
    void a_parquet_file_with_a_damaged_footer() throws IOException {
        Path file =
                yard.copy(
                        "select 2 as id, 'Oslo' as city from range(1000)",
                        "in/b.parquet",
                        "FORMAT parquet");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length - 60, bytes.length - 8, (byte) 7);
        yard.put("in/b.parquet", bytes);

        assertFails(
                ORDERS,
                "Cannot load in/b.parquet: it is no Parquet file or its footer is damaged",
                "Write or copy it again");
    }

    @Test
    void a_parquet_file_that_is_cut() throws IOException {
        Path file =
                yard.copy(
                        "select 2 as id, 'Oslo' as city from range(1000)",
                        "in/b.parquet",
                        "FORMAT parquet");
        byte[] bytes = Files.readAllBytes(file);
        yard.put("in/b.parquet", Arrays.copyOf(bytes, bytes.length / 2));

        assertFails(
                ORDERS,
                "Cannot load in/b.parquet: it is no Parquet file or its footer is damaged",
                "Write or copy it again");
    }

    @Test
    void json_that_is_none() {
        yard.put("in/b.json", "[{\"id\": 2, \"city\": \"Oslo\"}, {\"id\": 3, ");

        assertFails(
                ORDERS,
                "Cannot load in/b.json: it is no well-formed JSON",
                "Check it with a JSON tool; of NDJSON only the broken lines are rejected, so say format: ndjson if it is that");
    }

    @Test
    void json_of_no_objects() {
        yard.put("in/b.json", "[1, 2, 3]");

        assertFails(
                ORDERS,
                "Cannot load in/b.json: it has rows that are no JSON objects",
                "Give an array of objects, or one object a line");
    }

    @Test
    void binary_rubbish_named_csv_loses_nothing() {
        byte[] bytes = new byte[100_000];
        new java.util.Random(7).nextBytes(bytes);
        yard.put("in/b.csv", bytes);

        AdeException e = catchThrowableOfType(AdeException.class, () -> yard.load(ORDERS));

        assertThat(e.kind()).isEqualTo(AdeException.Kind.DATA);
        assertThat(e)
                .hasMessage(
                        "Cannot load in/b.csv: its column names hold control characters, as if it were no text");
        assertThat(yard.sql("select id, city from shop.orders")).containsExactly("1|Lima");
    }

    @Test
    void a_folder_nobody_may_open() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may open everything");
        Path folder = Files.createDirectories(yard.root().resolve("in/secret"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            assertFails(
                    ORDERS,
                    "Cannot read in/secret for shop.orders: permission is denied",
                    "Give the user that runs ade read access, or take it out of the pattern");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void assertFails(Declared declared, String message, String nextStep) {
        AdeException e = catchThrowableOfType(AdeException.class, () -> yard.load(declared));

        assertThat(e).isNotNull().hasMessage(message);
        assertThat(e.nextStep()).isEqualTo(nextStep);
        assertThat(yard.sql("select id, city from shop.orders")).containsExactly("1|Lima");
    }
}
