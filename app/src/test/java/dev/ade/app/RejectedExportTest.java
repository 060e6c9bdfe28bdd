package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.rejected.RejectedExport.Asked;
import dev.ade.run.rejected.RejectedExport.Exported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rejected rows that are taken out of their files to be corrected.
class RejectedExportTest {
    private static final String FIRST =
            """
            id,qty,email
            1,10,anna@example.org
            2,"x, or ""y""\",canary@example.org
            ,5,bert@example.org
            4,7
            5,8,carl@example.org,more,"and, more"
            6,"z",dora@example.org
            """;

    private final SheetLab sheets;
    private final Lab lab;
    private final Path to;

    RejectedExportTest(@TempDir Path root) {
        this.sheets = new SheetLab(root);
        this.lab = sheets.lab;
        this.to = sheets.sheet;
        sheets.project("landing/*", "");
    }

    private String batch(String origin) {
        return lab.sql(
                        "select distinct batch_id from ade.rejected where source = '%s' order by all"
                                .formatted(origin))
                .getFirst();
    }

    @Test
    void writes_rows_as_they_stand_in_their_files_once_it_is_written_down_who_reads_them()
            throws IOException {
        lab.file("landing/1.csv", FIRST);
        lab.file("landing/2.tsv", "Email\tid\tnote\nerik@example.org\t\ta \"word\"\n\t8\tb\n");
        lab.run();

        Exported exported = sheets.export(" ticket 4711 ");

        assertThat(exported).isEqualTo(new Exported(6, 2, List.of()));
        String first = batch("landing/1.csv");
        assertThat(Files.readString(to))
                .isEqualTo(
                        """
                        _file,_line,_batch_id,_reason,id,qty,email,note,_surplus
                        landing/1.csv,3,%1$s,qty: not an integer,2,"x, or ""y""\",canary@example.org,,
                        landing/1.csv,4,%1$s,id: NULL breaks not_null,,5,bert@example.org,,
                        landing/1.csv,5,%1$s,the row has 2 columns instead of 3,4,7,,,
                        landing/1.csv,6,%1$s,the row has 4 columns instead of 3,5,8,carl@example.org,,"more,""and, more""\"
                        landing/1.csv,7,%1$s,qty: not an integer,6,z,dora@example.org,,
                        landing/2.tsv,2,%2$s,id: NULL breaks not_null,,,erik@example.org,"a ""word""\",
                        """
                                .formatted(first, batch("landing/2.tsv")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-------");
        assertThat(lab.sql("select dataset, batch_id, source, reason from ade.vault_reads"))
                .containsExactlyInAnyOrder(
                        "shop.people|%s|landing/1.csv|ticket 4711".formatted(first),
                        "shop.people|%s|landing/2.tsv|ticket 4711"
                                .formatted(batch("landing/2.tsv")));
        assertThat(sheets.holding("canary")).isEmpty();
        assertThatThrownBy(() -> sheets.export("again"))
                .hasMessageContaining("it is there already");
    }

    @Test
    void says_which_rows_cannot_be_had() throws IOException {
        lab.file("landing/1.csv", FIRST);
        lab.file("landing/2.csv", "id,qty,email\n1,1,a@example.org\n2,x,b@example.org\n");
        lab.file("landing/3.csv", "id,qty,email\n1,1,a@example.org\n3,x,b@example.org\n");
        lab.run();
        Files.delete(lab.root.resolve("landing/2.csv"));
        lab.file("landing/3.csv", "id,qty,email\n1,1,a@example.org\n4,y,b@example.org\n");

        assertThat(sheets.export("why").missing())
                .containsExactly(
                        "1 row of landing/2.csv, which is not there any more or has changed since",
                        "1 row of landing/3.csv, which is not there any more or has changed since");

        assertThat(Files.readAllLines(to)).hasSize(6);
        assertThatThrownBy(() -> sheets.export(" "))
                .hasMessageContaining(
                        "Cannot export rejected rows: a reason of 1 to 1,000 characters is needed");
    }

    @Test
    void rows_of_a_load_that_failed_are_written_and_none_where_none_is_open() {
        lab.file("landing/1.csv", "id,qty,email\n1,x,a@example.org\n2,y,b@example.org\n");
        lab.run();

        assertThat(sheets.export("why").rows()).isEqualTo(2);
        assertThat(lab.sql("select count(*) from ade.vault_reads")).containsExactly("1");

        lab.file("landing/1.csv", "id,qty,email\n1,1,a@example.org\n");
        lab.run();
        to.toFile().delete();
        assertThat(sheets.export("why")).isEqualTo(new Exported(0, 0, List.of()));
        assertThat(to).doesNotExist();
        assertThat(lab.sql("select count(*) from ade.vault_reads")).containsExactly("1");
    }

    @Test
    void what_is_no_text_of_lines_is_corrected_where_it_is() {
        lab.file("landing/1.json", "[{\"id\": 1, \"qty\": 1}, {\"id\": null, \"qty\": 2}]");
        lab.run();

        assertThatThrownBy(() -> sheets.export("why"))
                .hasMessageContaining(
                        "Cannot take rows out of landing/1.json: that is done with CSV and NDJSON only, it is json");
        assertThatThrownBy(() ->
                        lab.with(ade ->
                                ade.rejected()
                                        .export(
                                                new Asked(
                                                        TableName.of("shop", "none"),
                                                        to,
                                                        "why",
                                                        EnvironmentName.PROD,
                                                        "test"))))
                .hasMessageContaining(
                        "Cannot export rejected rows of shop.none: it is no source of this project");
    }
}
