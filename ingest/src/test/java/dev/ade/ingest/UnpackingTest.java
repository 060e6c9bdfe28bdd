package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small files that become large ones.
class UnpackingTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");

    private static byte[] lines(String head, String line, int times) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] thousand = line.repeat(1_000).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times / 1_000; i++) {
                out.write(thousand);
            }
        }
        return packed.toByteArray();
    }

    private void assertRefused(String file, Declared declared) throws IOException {
        assertThatThrownBy(() -> yard.load(declared.option("unpacked_max", 1_000)))
                .isInstanceOf(AdeException.class)
                .hasMessageMatching(
                        "Cannot load %s: [0-9,]+ bytes were unpacked from its [0-9,]+, more than [0-9,]+"
                                .formatted(file))
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo(
                                        "If that is right, raise unpacked_max in load: options (bytes; -1 for no limit)"));
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void csv_is_read_no_further_than_the_limit() throws IOException {
        yard.put(
                "in/a.csv.gz", lines("id,what\n", "1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 1_000_000));

        assertRefused("in/a.csv.gz", ORDERS);
    }

    @Test
    void json_is_read_no_further_than_the_limit() throws IOException {
        yard.put(
                "in/a.ndjson.gz",
                lines("", "{\"id\":1,\"what\":\"aaaaaaaaaaaaaaaaa\"}\n", 1_000_000));

        assertRefused("in/a.ndjson.gz", ORDERS);
    }

    @Test
    void zstandard_is_read_no_further_than_the_limit() throws IOException {
        yard.copy(
                "select 1 as id, 'aaaaaaaa' as what from range(1000000)", "in/a.csv.zst", "header");

        assertRefused("in/a.csv.zst", ORDERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "utf-16"})
    void copies_grow_no_further_than_the_limit(String encoding) throws IOException {
        yard.put(
                "in/a.csv.gz", lines("id,what\n", "1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 1_000_000));

        assertRefused("in/a.csv.gz", ORDERS.option("encoding", encoding));
    }

    @Test
    void xml_is_read_no_further_than_the_limit() throws IOException {
        yard.put("in/a.xml.gz", lines("<all>", "<row><id>1</id></row>", 1_000_000));

        assertRefused("in/a.xml.gz", ORDERS);
    }

    /// The directory of an archive may say any size, so what counts is what comes.
    @Test
    void workbooks_hold_no_more_than_the_limit() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            for (int i = 0; i < 100; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        yard.put("in/a.xlsx", bytes.toByteArray());

        assertRefused("in/a.xlsx", ORDERS);
    }

    @Test
    void what_is_packed_very_well_is_loaded_without_a_setting() throws IOException {
        yard.put(
                "in/a.csv.gz", lines("id,what\n", "1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", 3_000_000));

        assertThat(yard.load(ORDERS).read()).isEqualTo(3_000_000);
        assertThat(yard.look(ORDERS.option("unpacked_max", -1)).isEmpty()).isTrue();
    }
}
