package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ade.model.AdeException;
import dev.ade.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a project meets sooner or later. Each says what, where and what to do; what was published stays; and
/// once it is mended, the next run is well.
class BrokenInputTest {
    private static final String SOURCES =
            """
            sources:
              - name: feed
                tables:
                  - name: items
                    load: {files: "items/*"}
                    columns:
                      - {name: id, data_type: bigint, data_tests: [not_null]}
                      - {name: name, data_type: varchar, privacy: keep}
                      - {name: qty, data_type: integer, data_tests: [not_null]}
                  - name: people
                    load: {files: "people/*.csv", mode: merge, key: id}
                    columns:
                      - {name: id, data_type: bigint}
                      - {name: email, privacy: {class: email, treat: pseudonym}}
            """;
    private static final int DISK_ROOM_BYTES = 200_000;
    private static final String STATE =
            """
            select (select count(*) || '/' || sum(id) || '/' || sum(qty) from feed.items),
              (select string_agg(id || '=' || email, ',' order by id) from feed.people),
              (select item_count || '/' || qty from feed.totals)
            """;

    private Estate estate;
    private String before = "";

    @BeforeEach
    void publish(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("feed/sources.yml", SOURCES)
                        .file(
                                "feed/models/totals.sql",
                                """
                                {{ config(materialized='table') }}
                                select count(*) as item_count, sum(qty) as qty from feed.items
                                """)
                        .file("items/1.csv", "id,name,qty\n1,bolt,10\n2,nut,20\n")
                        .file("people/1.csv", "id,email\n1,ada@example.org\n2,bob@example.org\n");
        assertThat(estate.run().exitStatus()).isZero();
        before = state();
    }

    @Test
    void a_gzip_that_ends_too_early() throws IOException {
        byte[] whole = gzip("id,name,qty\n" + "3,screw of some length,30\n".repeat(20_000));
        put("items/2.csv.gz", Arrays.copyOf(whole, whole.length / 2));

        assertFails(
                1,
                "Cannot load items/2.csv.gz: it ends in the middle of its compressed data",
                "Copy or download it again");
        put("items/2.csv.gz", gzip("id,name,qty\n3,screw,30\n"));
        assertMended("3/6/60");
    }

    @Test
    void a_source_without_files_fails_alone() {
        estate.file("feed/sources.yml", SOURCES.replace("people/*.csv", "poeple/*.csv"))
                .file("items/2.csv", "id,name,qty\n3,screw,30\n");

        assertSays(
                1,
                "Cannot load feed.people: no file matches 'poeple/*.csv' in poeple, which is not there",
                "Correct files: in the source, or put a file there");
        assertThat(items()).isEqualTo("3/6/60");
    }

    @Test
    void a_log_that_nothing_was_written_to_is_empty() {
        assertThat(estate.sql("select count(*), max(line) from ade.rejected"))
                .containsExactly("0|null");
    }

    @Test
    void files_that_are_taken_away_once_they_are_loaded() {
        estate.delete("items/1.csv").delete("people/1.csv");

        assertSays(0, "nothing to do");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void text_in_another_encoding() throws IOException {
        put("items/2.csv", "id,name,qty\n3,Dübel,30\n".getBytes(StandardCharsets.ISO_8859_1));

        assertFails(
                1,
                "Cannot load items/2.csv: its text is not in the encoding it is read with",
                "encoding: latin-1");
        estate.file("items/2.csv", "id,name,qty\n3,Dübel,30\n");
        assertMended("3/6/60");
    }

    @Test
    void ragged_rows() {
        estate.file("items/2.csv", "id,name,qty\n3,screw\n4,pin,40,what\n5,rod,50\n");

        assertFails(
                1,
                "Cannot load feed.items: 2 of 3 rows were rejected",
                "ade sql \"from ade.rejected where dataset = 'feed.items'\"",
                "reject_limit");
        assertThat(estate.sql("select source, line from ade.rejected order by line"))
                .containsExactly("items/2.csv|2", "items/2.csv|3");
        estate.file("items/2.csv", "id,name,qty\n3,screw,30\n4,pin,40\n5,rod,50\n");
        assertMended("5/15/150");
    }

    @Test
    void a_key_column_that_is_missing() {
        estate.file("people/2.csv", "number,email\n3,eve@example.org\n");

        assertFails(
                1,
                "Cannot load feed.people: column 'id' is not in people/2.csv, which has number, email",
                "Correct the file, or the declaration");
        estate.file("people/2.csv", "id,email\n3,eve@example.org\n");
        assertMended("2/3/30");
        assertThat(estate.sql("select count(*) from feed.people")).containsExactly("3");
    }

    @Test
    void a_column_that_is_missing_and_has_to_be_filled() {
        estate.file("items/2.csv", "id,name\n3,screw\n");

        assertFails(1, "1 row has no qty", "feed.items was withheld", "items/2.csv");
        estate.file("items/2.csv", "id,name,qty\n3,screw,30\n");
        assertMended("3/6/60");
    }

    @Test
    void a_line_of_many_megabytes() {
        String good = "4,pin,40\n".repeat(20);
        estate.file("items/2.csv", "id,name,qty\n3," + "x".repeat(12_000_000) + ",30\n" + good);

        assertThat(estate.run().exitStatus()).isZero();

        assertThat(estate.sql("select source, line, reason from ade.rejected"))
                .containsExactly("items/2.csv|2|the line is longer than max_line_size");
        assertThat(items()).isEqualTo("22/83/830");
    }

    @Test
    void keys_that_come_twice_in_one_load() {
        estate.file(
                "people/2.csv",
                """
                id,email
                2,first@example.org
                3,eve@example.org
                2,second@example.org
                """);

        RunReport report = estate.run();

        assertThat(report.exitStatus()).isZero();
        assertThat(estate.sql("select id, count(*) from feed.people group by id order by id"))
                .containsExactly("1|1", "2|1", "3|1");
        estate.file("people/3.csv", "id,email\n4,second@example.org\n");
        estate.run();
        assertThat(estate.sql("select count(distinct email) from feed.people where id in (2, 4)"))
                .as("the last line of a key wins, and equal values have equal pseudonyms")
                .containsExactly("1");
    }

    @Test
    void a_parquet_file_with_a_damaged_footer() throws IOException {
        byte[] rubbish = new byte[4_000];
        Arrays.fill(rubbish, (byte) 7);
        System.arraycopy("PAR1".getBytes(StandardCharsets.US_ASCII), 0, rubbish, 0, 4);
        System.arraycopy("PAR1".getBytes(StandardCharsets.US_ASCII), 0, rubbish, 3_996, 4);
        put("items/2.parquet", rubbish);

        assertFails(
                1,
                "Cannot load items/2.parquet: it is no Parquet file or its footer is damaged",
                "Write or copy it again");
        estate.delete("items/2.parquet").file("items/2.csv", "id,name,qty\n3,screw,30\n");
        assertMended("3/6/60");
    }

    @Test
    void a_folder_nobody_may_open() throws IOException {
        Path folder = Files.createDirectories(estate.root().resolve("items/secret"));
        estate.file("feed/sources.yml", SOURCES.replace("items/*", "items/**"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            assumeTrue(!Files.isReadable(folder), "root may open everything");
            assertFails(
                    4,
                    "Cannot read items/secret for feed.items: permission is denied",
                    "Give the user that runs ade read access");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        estate.file("items/2.csv", "id,name,qty\n3,screw,30\n");
        assertMended("3/6/60");
    }

    @Test
    void a_catalog_that_another_process_holds() throws Exception {
        estate.file("items/2.csv", "id,name,qty\n3,screw,30\n");
        try (Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + estate.root().resolve(".ade/ade.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            long start = System.nanoTime();

            assertFails(
                    4,
                    "Cannot use the catalog: another process holds it locked",
                    "Wait for it to end");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .as("it waits for a while before it gives up")
                    .isGreaterThanOrEqualTo(5);
            statement.execute("ROLLBACK");
        }
        assertMended("3/6/60");
    }

    @Test
    void keys_that_are_gone() throws IOException {
        Path keys = estate.root().resolve(".ade/keys.json");
        byte[] kept = Files.readAllBytes(keys);
        Files.delete(keys);
        estate.file("people/2.csv", "id,email\n3,eve@example.org\n");

        assertFails(
                1,
                "Cannot use the keys: %s was made here once and is gone".formatted(keys),
                "Restore it from a backup");
        assertThat(keys).doesNotExist();
        Files.write(keys, kept);
        assertMended("2/3/30");
        assertThat(estate.sql("select count(*) from feed.people")).containsExactly("3");
    }

    @Test
    void another_master_key() throws IOException {
        Path master = estate.root().resolve(".ade/keys.master");
        byte[] kept = Files.readAllBytes(master);
        Files.writeString(master, java.util.Base64.getEncoder().encodeToString(new byte[32]));
        estate.file("people/2.csv", "id,email\n3,eve@example.org\n");

        assertFails(
                1,
                "Cannot read the keys in %s: the master key in"
                        .formatted(estate.root().resolve(".ade/keys.json")),
                "Use the master key that it was made with");
        Files.write(master, kept);
        assertMended("2/3/30");
        assertThat(estate.sql("select count(*) from feed.people")).containsExactly("3");
    }

    @Test
    void a_disk_that_fills_up(@TempDir Path folder) throws Exception {
        onSmallDisk(folder, DISK_ROOM_BYTES, 1, "the disk is full", "Free some space");
    }

    @Test
    void a_disk_that_is_full(@TempDir Path folder) throws Exception {
        onSmallDisk(
                folder,
                0,
                4,
                "Cannot use the catalog: the disk is full",
                "Free some space, then run again");
    }

    /// Data, catalog and keys are on a disk of their own that has `roomBytes` left when new data comes.
    private void onSmallDisk(Path folder, int roomBytes, int exitStatus, String... parts)
            throws Exception {
        Path state = Files.createDirectories(folder.resolve(".ade"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", state.toString()) == 0,
                "only root may mount");
        try {
            publish(folder);
            long room = Files.getFileStore(state).getUsableSpace();
            Path filler = Files.write(state.resolve("filler"), new byte[(int) room - roomBytes]);
            estate.file("items/2.csv", "id,name,qty\n" + distinct(100_000));

            assertSays(exitStatus, parts);
            Files.delete(filler);
            assertThat(state()).isEqualTo(before);
            assertMended("100002/4999950003/100030");
        } finally {
            command("umount", "-l", state.toString());
        }
    }

    private static String distinct(int rows) {
        StringBuilder csv = new StringBuilder();
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(',').append(Long.toHexString(random.nextLong())).append(",1\n");
        }
        return csv.toString();
    }

    private static int command(String... words) throws Exception {
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /// The run ends with this exit status and says all of `parts`; readers see what they saw.
    private void assertFails(int exitStatus, String... parts) {
        assertSays(exitStatus, parts);
        assertThat(state()).isEqualTo(before);
    }

    private void assertSays(int exitStatus, String... parts) {
        Outcome outcome = run();
        assertThat(outcome.text()).contains(parts).doesNotContain("example.org");
        assertThat(outcome.exitStatus()).as(outcome.text()).isEqualTo(exitStatus);
    }

    private void assertMended(String items) {
        Outcome outcome = run();
        assertThat(outcome.exitStatus()).as(outcome.text()).isZero();
        assertThat(items()).isEqualTo(items);
    }

    private record Outcome(int exitStatus, String text) {}

    private Outcome run() {
        try {
            RunReport report = estate.run();
            String messages =
                    report.results().stream()
                            .flatMap(it ->
                                    Stream.concat(Stream.of(it.message()), it.notes().stream()))
                            .collect(Collectors.joining("\n"));
            return new Outcome(report.exitStatus(), report.message() + "\n" + messages);
        } catch (AdeException e) {
            return new Outcome(e.kind().exitStatus(), e.explain());
        }
    }

    private String state() {
        List<String> rows = estate.sql(STATE);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private String items() {
        return state().substring(0, state().indexOf('|'));
    }

    private void put(String path, byte[] bytes) throws IOException {
        Files.write(estate.root().resolve(path), bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
