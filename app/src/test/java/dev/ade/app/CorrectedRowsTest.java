package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Key;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Maintenance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rejected rows that were corrected and put back.
class CorrectedRowsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String FIRST =
            """
            id,qty,email
            1,10,anna@example.org
            2,x,anna@example.org
            ,5,canary@example.org
            4,many,dora@example.org
            """;

    private final SheetLab sheets;
    private final Lab lab;

    CorrectedRowsTest(@TempDir Path root) {
        this.sheets = new SheetLab(root);
        this.lab = sheets.lab;
        lab.file("shop/models/total.sql", "select sum(qty) as qty from shop.people");
    }

    private static String corrected(String sheet) {
        return sheet.replace(",2,x,", ",2,20,")
                .replace(",,5,canary", ",3,5,canary")
                .lines()
                .filter(line -> !line.contains("dora"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void land_once_with_all_that_follows_from_them_and_stay_as_long_as_the_file_does()
            throws IOException {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        assertThat(sheets.people()).containsExactly("1|10");

        RunReport report = sheets.correct(CorrectedRowsTest::corrected);

        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(SheetLab.notes(report)).contains("2 rows of landing/1.csv read as corrected");
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5");
        assertThat(lab.sql("select qty from shop.total")).containsExactly("35");
        assertThat(lab.sql("select count(distinct email) from shop.people where id < 3"))
                .as("the same value has the same pseudonym")
                .containsExactly("1");
        assertThat(
                        lab.sql(
                                "select rows_read, rows_written, rows_rejected from ade.steps where dataset = 'shop.people' order by run_id desc limit 1"))
                .containsExactly("4|3|1");
        assertThat(sheets.open()).containsExactly("landing/1.csv:5 qty not an integer");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(sheets.refresh().state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5");
        assertThat(verified()).containsExactly("EQUAL");
        lab.with(ade -> ade.maintain(Maintenance.Effect.DELETE));
        assertThat(sheets.refresh().state())
                .as("after maintenance")
                .isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.holding("canary")).isEmpty();

        lab.file("landing/1.csv", FIRST + "5,50,emil@example.org\n");
        assertThat(SheetLab.notes(lab.run()))
                .contains(
                        "landing/1.csv has other content now: 2 corrections of it no longer apply");
        assertThat(sheets.people()).containsExactly("1|10", "5|50");
        assertThat(sheets.open()).hasSize(2);
    }

    private List<String> verified() {
        List<String> found = new ArrayList<>();
        lab.with(ade -> {
            ade.verify(
                    new RunRequest(
                            List.of("shop.people"),
                            List.of(),
                            RunRequest.Refresh.CHANGED,
                            Optional.empty(),
                            "test"),
                    Loader.Depth.ROWS,
                    (Verdict verdict) -> found.add(verdict.status().name()));
            return true;
        });
        return found;
    }

    @Test
    void that_are_wrong_again_stay_out_with_their_line_and_can_be_corrected_again() {
        lab.file("landing/1.csv", FIRST);
        lab.run();

        sheets.correct(sheet -> corrected(sheet).replace(",2,20,", ",2,\"x\ny\","));

        assertThat(sheets.people()).containsExactly("1|10", "3|5");
        assertThat(sheets.open())
                .containsExactly(
                        "landing/1.csv:3 qty not an integer"); // the other group's first line is 5
        String again = sheets.export();
        assertThat(again).contains(",2,\"x\ny\",anna@example.org").contains(",4,many,");

        sheets.correct(again.replace("\"x\ny\"", "\"2\"").replace("many", "4"));

        assertThat(sheets.people()).containsExactly("1|10", "2|2", "3|5", "4|4");
        assertThat(sheets.open()).isEmpty();
        sheets.correct(again.replace("\"x\ny\"", "7").replace("many", "4"));
        assertThat(sheets.people()).as("one that landed").contains("2|7");
    }

    @Test
    void of_a_load_that_failed_land_and_other_environments_have_them_with_their_next_run() {
        lab.file("landing/1.csv", "id,qty,email\n1,1,a@example.org\n");
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        lab.file("landing/2.csv", "id,qty,email\n2,x,b@example.org\n");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.FAILED);

        assertThat(sheets.correct(sheet -> sheet.replace(",x,", ",2,")).state())
                .isEqualTo(Lake.RunState.PUBLISHED);

        assertThat(sheets.people()).containsExactly("1|1", "2|2");
        assertThat(lab.run(DEV).state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.people(DEV)).containsExactly("1|1", "2|2");
    }

    @Test
    void of_a_merge_do_not_take_the_place_of_later_rows() {
        sheets.project("landing/*.csv", ", mode: merge, key: id");
        lab.file(
                "landing/1.csv",
                "id,qty,email\n1,1,a@example.org\n2,x,b@example.org\n3,y,c@example.org\n");
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        lab.file("landing/2.csv", "id,qty,email\n1,11,a@example.org\n2,22,b@example.org\n");
        lab.run();
        lab.run(DEV);

        sheets.correct(sheet -> sheet.replace(",x,", ",2,").replace(",y,", ",3,"));

        assertThat(sheets.people()).containsExactly("1|11", "2|22", "3|3");
        assertThat(lab.run(DEV).state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.people(DEV)).containsExactly("1|11", "2|22", "3|3");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void short_and_long_rows_and_other_dialects_are_written_as_their_file_is() {
        lab.file(
                "landing/1.csv",
                "id;qty;email\r\n1;10;\"a;b\"\r\n2;7\r\n3;8;c@example.org;more\r\n4;\"x\r\n\";d@example.org\r\n5;z;e@example.org");
        lab.run();
        String open = sheets.export();
        assertThat(open).contains(",_surplus\n").contains(",c@example.org,more\n");

        sheets.correct(
                open.replace(",c@example.org,more\n", ",\"c;\"\"1\"\"\",\n")
                        .replace("\"x\r\n\"", "4")
                        .replace(",z,", ",9,"));

        assertThat(sheets.people()).containsExactly("1|10", "2|7", "3|8", "4|4", "5|9");
        assertThat(sheets.open()).isEmpty();
    }

    @Test
    void what_the_encoding_of_a_file_does_not_know_is_not_written_into_it() throws IOException {
        sheets.project("landing/*.csv", ", options: {encoding: latin-1}");
        byte[] text =
                "id,qty,email\n1,1,\u00e9@example.org\n2,x,\u00fc@example.org\n"
                        .getBytes(StandardCharsets.ISO_8859_1);
        Files.createDirectories(lab.root.resolve("landing"));
        Files.write(lab.root.resolve("landing/1.csv"), text);
        lab.run();
        String open = sheets.export();

        refuses(
                open.replace("x", "1").replace("\u00fc", "\u0142"),
                "Cannot write column 'email' of landing/1.csv:3: it has characters that ISO-8859-1 does not know");
        sheets.correct(open.replace(",x,", ",2,").replace("\u00fc", "\u00e9"));
        assertThat(lab.sql("select count(*), count(distinct email) from shop.people"))
                .containsExactly("2|1");
    }

    @Test
    void of_lines_of_json_are_corrected_as_a_line() {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        load: {files: "landing/*", reject_limit: 90%}
                        columns:
                          - {name: id, data_type: bigint, not_null: true}
                          - {name: qty, data_type: integer}
                          - {name: email, data_type: varchar, privacy: {class: email, treat: pseudonym}}
                """);
        lab.file("landing/1.csv", FIRST);
        lab.file(
                "landing/2.ndjson",
                """
                {"id": 11, "qty": 1, "email": "a@example.org"}

                {"id": 12, "qty": "x", "email": "b@example.org"}
                {"id": 13, "qty": 3
                {"id": null, "qty": 4, "email": "c@example.org"}
                """);
        lab.run();
        String open = sheets.export();
        assertThat(open)
                .contains("landing/2.ndjson,3,")
                .contains("landing/2.ndjson,4,")
                .contains(",\"{\"\"id\"\": null, ");

        refuses(
                open.replace("\"\"x\"\"", "\n2"),
                "Cannot write landing/2.ndjson:3: it is not one line of JSON");
        sheets.correct(
                corrected(open)
                        .replace("\"\"x\"\"", "2")
                        .replace("\"\"qty\"\": 3", "\"\"qty\"\": 3, \"\"note\"\": [1]}")
                        .replace("null", "\"\"y\"\""));

        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5", "11|1", "12|2", "13|3");
        assertThat(sheets.open())
                .contains(
                        "landing/1.csv:5 qty not an integer", "landing/2.ndjson:5 id not a bigint")
                .noneMatch(it -> it.contains("ndjson:3") || it.contains("ndjson:4"));
        sheets.correct(sheet -> corrected(sheet).replace("\"\"y\"\"", "14"));
        assertThat(sheets.people()).contains("14|4");
        sheets.refresh();
        assertThat(sheets.people()).hasSize(7);
    }

    @Test
    void what_could_not_be_read_is_not_put_back() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("id,qty,email\n".getBytes(StandardCharsets.UTF_8));
        text.writeBytes("1,1,a@example.org\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        text.writeBytes("2,x,\u00fc@example.org\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.createDirectories(lab.root.resolve("landing"));
        Files.write(lab.root.resolve("landing/1.csv"), text.toByteArray());
        lab.run();
        String open = sheets.export();

        refuses(
                open.replace(",x,", ",2,"),
                "Cannot write column 'email' of landing/1.csv:100002: a character of it could not be read");
        sheets.correct(open.replace(",x,", ",2,").replace("\uFFFD", "\u00fc"));

        assertThat(lab.sql("select count(*), sum(qty) from shop.people"))
                .containsExactly("100001|100002");
    }

    @Test
    void a_sheet_that_is_wrong_loads_nothing() throws IOException {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        String good = sheets.export();

        refuses(good, "they are as they stand in their files");
        refuses(
                good.replace("_line", "line"),
                "does not begin with _file, _line, _batch_id, _reason");
        refuses(
                good.replace("landing/1.csv,3,", "landing/1.csv,2,"),
                "line 2 of landing/1.csv is no open rejected row (line 2)");
        refuses(
                good.replaceAll("[0-9a-f]{32}", "0".repeat(32)),
                "line 3 of landing/1.csv is no open");
        refuses(
                good + good.lines().skip(1).findFirst().orElseThrow(),
                "line 3 of landing/1.csv is in it twice (line 5)");
        refuses(
                good.replace(",qty,", ",amount,"),
                "the column 'qty' of landing/1.csv is not in it");
        refuses(good.replace(",qty,email", ",email"), "line 2 has 7 values instead of 6");
        refuses(
                good.lines()
                        .map(line -> line.replaceAll(",[^,]*$", ""))
                        .reduce("", (a, b) -> a + b + "\n"),
                "the column 'email' of landing/1.csv is not in it");
        refuses(
                good.lines()
                        .map(line -> line + (line.startsWith("_") ? ",_surplus" : ",x"))
                        .reduce("", (a, b) -> a + b + "\n"),
                "landing/1.csv has no column for what is in '_surplus' (line 2)");
        Files.write(
                sheets.sheet, good.replace("x", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(this::again).hasMessageContaining("it is not in UTF-8");
        Files.delete(sheets.sheet);
        assertThatThrownBy(this::again).hasMessageContaining("it is not there");

        lab.file("landing/1.csv", FIRST.replace("many", "much"));
        refuses(
                good.replace(",x,", ",1,"),
                "landing/1.csv is not there any more, or has changed since (line 2)");
        assertThat(sheets.people()).containsExactly("1|10");
        int runs = lab.with(ade -> ade.runs(10).size());
        assertThat(runs).as("the load and the export").isEqualTo(2);
    }

    @Test
    void may_come_back_as_spreadsheets_write_them() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        String sheet = corrected(sheets.export());
        List<String> lines = sheet.lines().toList();
        String reordered = lines.get(0) + "\n" + lines.get(2) + "\n" + lines.get(1) + "\n";

        sheets.correct(
                "\uFEFF\""
                        + reordered.strip().replace(",", "\";\"").replace("\n", "\"\r\n\"")
                        + "\"\r\n;;;;;;\r\n");

        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5");
    }

    @Test
    void of_packed_files_are_put_back_too() throws IOException {
        sheets.project("landing/*", "");
        Files.createDirectories(lab.root.resolve("landing"));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(lab.root.resolve("landing/1.csv.gz")))) {
            out.write(FIRST.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lab.run().results()).extracting(StepResult::message).containsOnly("");

        sheets.correct(CorrectedRowsTest::corrected);

        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5");
        sheets.refresh();
        assertThat(sheets.people()).hasSize(3);
    }

    @Test
    void that_another_encoding_does_not_know_stop_the_load() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        sheets.correct(sheet -> corrected(sheet).replace("canary", "\u0142"));
        sheets.project("landing/*.csv", ", options: {encoding: latin-1}");

        assertThat(lab.run().results().getFirst().message())
                .contains(
                        "Cannot load landing/1.csv: what line 4 of it was corrected to has characters that ISO-8859-1 does not know");
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5");
    }

    @Test
    void of_a_file_that_changes_before_it_is_loaded_load_nothing() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        sheets.write(corrected(sheets.export()));

        lab.with(ade -> {
            RunRequest request = sheets.request(ade);
            lab.file("landing/1.csv", FIRST + "5,50,emil@example.org\n");
            assertThatThrownBy(() -> ade.run(request, RunListener.NONE))
                    .hasMessageContaining(
                            "Cannot correct rows of landing/1.csv: it changed, or went away, after they were read");
            return request;
        });

        assertThat(sheets.people()).containsExactly("1|10");
        assertThat(SheetLab.notes(lab.run())).isEmpty();
        assertThat(sheets.people()).containsExactly("1|10", "5|50");
    }

    private void refuses(String text, String message) {
        sheets.write(text);
        assertThatThrownBy(this::again).hasMessageContaining(message);
    }

    private Object again() {
        return lab.with(ade -> sheets.request(ade));
    }

    @Test
    void of_people_who_are_forgotten_are_kept_no_longer() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        sheets.correct(CorrectedRowsTest::corrected);

        Forgotten forgotten = forget("email=canary@example.org");

        assertThat(forgotten.vault())
                .extracting(hit -> hit.in().source() + ": " + hit.rows())
                .containsExactly("corrections of landing/1.csv: 1");
        assertThat(sheets.people()).containsExactly("1|10", "2|20");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(forget("email=canary@example.org").isNobody()).isTrue();
        sheets.refresh();
        assertThat(sheets.people()).containsExactly("1|10", "2|20");

        sheets.correct(sheet -> sheet.replace(",4,many,dora", ",4,4,canary"));

        assertThat(sheets.people())
                .as("somebody who was forgotten")
                .containsExactly("1|10", "2|20");
        assertThat(forget("email=canary@example.org").isNobody()).isTrue();
        assertThat(SheetLab.notes(sheets.refresh()))
                .contains("1 row of landing/1.csv read as corrected");
    }

    private Forgotten forget(String key) {
        return lab.with(ade ->
                ade.forget(
                        new ForgetRequest(
                                SheetLab.PEOPLE,
                                List.of(Key.parse(key)),
                                List.of(),
                                PROD,
                                ForgetRequest.Effect.FORGET,
                                "ade forget")));
    }
}
