package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.run.rejected.CorrectionRoom.Withdrawal;
import dev.ade.run.rejected.KeptRows;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Corrections that are kept, and that somebody takes back.
class WithdrawnCorrectionsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private final SheetLab sheets;
    private final Lab lab;

    WithdrawnCorrectionsTest(@TempDir Path root) {
        this.sheets = new SheetLab(root);
        this.lab = sheets.lab;
    }

    private static String file(int id) {
        return "id,qty,email\n%1$d,10,a@example.org\n%1$d,x,b@example.org\n%1$d,y,c@example.org\n"
                .formatted(id);
    }

    private List<String> kept() {
        return lab.with(ade -> ade.rejected().corrections(Optional.of(SheetLab.PEOPLE))).stream()
                .map(it ->
                        "%s %s %s %s"
                                .formatted(
                                        it.file().origin(),
                                        it.lines(),
                                        it.file().correctedBy(),
                                        it.state()))
                .toList();
    }

    private List<KeptRows> withdraw(Optional<String> file, String reason) {
        return lab.with(ade ->
                ade.rejected()
                        .withdraw(new Withdrawal(SheetLab.PEOPLE, file, reason, PROD, "test")));
    }

    private List<String> sealed() throws IOException {
        try (Stream<Path> files = Files.list(lab.root.resolve(".ade/vault"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void are_destroyed_and_their_rows_open_again_with_the_next_run() throws IOException {
        lab.file("landing/1.csv", file(1));
        lab.file("landing/2.csv", file(2));
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        String sheet = sheets.export();
        sheets.correct(sheet.replace(",1,x,", ",1,11,").replace(",2,x,", ",2,22,"));
        sheets.correct(sheet.replace(",1,y,", ",1,12,"));
        lab.run(DEV);
        String me = System.getProperty("user.name");
        assertThat(kept())
                .containsExactly(
                        "landing/1.csv [3] %s APPLIES".formatted(me),
                        "landing/1.csv [4] %s APPLIES".formatted(me),
                        "landing/2.csv [3] %s APPLIES".formatted(me));
        List<String> sealed = sealed();

        assertThat(withdraw(Optional.of("landing/1.csv"), "wrong sheet")).hasSize(2);

        assertThat(kept()).containsExactly("landing/2.csv [3] %s APPLIES".formatted(me));
        assertThat(sheets.people()).as("until the next run").hasSize(5);
        assertThat(lab.sql("select message from ade.runs order by run_id desc limit 1"))
                .containsExactly("vault: 2 corrections of landing/1.csv withdrawn: wrong sheet");
        assertThat(sealed).hasSize(3);
        assertThat(sealed()).hasSize(1);
        for (String name : sealed) {
            assertThat(sheets.holding(name).isEmpty())
                    .as(name)
                    .isNotEqualTo(sealed().contains(name));
        }
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.people()).containsExactly("1|10", "2|10", "2|22");
        assertThat(sheets.open())
                .containsExactly(
                        "landing/1.csv:3 qty not an integer", "landing/2.csv:4 qty not an integer");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        lab.run(DEV);
        assertThat(sheets.people(DEV)).isEqualTo(sheets.people());
        sheets.correct(sheet.replace(",1,y,", ",1,13,"));
        assertThat(sheets.people()).containsExactly("1|10", "1|13", "2|10", "2|22");
    }

    @Test
    void of_a_merge_leave_what_came_later() {
        sheets.project("landing/*.csv", ", mode: merge, key: id");
        lab.file("landing/1.csv", "id,qty,email\n1,1,a@example.org\n2,x,b@example.org\n");
        lab.run();
        lab.file("landing/2.csv", "id,qty,email\n1,11,a@example.org\n");
        lab.run();
        sheets.correct(sheet -> sheet.replace(",x,", ",2,"));
        assertThat(sheets.people()).containsExactly("1|11", "2|2");

        withdraw(Optional.empty(), "why");
        lab.run();

        assertThat(sheets.people()).containsExactly("1|11");
    }

    @Test
    void of_a_file_that_changed_are_told_as_such() {
        lab.file("landing/1.csv", file(1));
        lab.run();
        sheets.correct(sheet -> sheet.replace(",x,", ",11,"));
        lab.file("landing/1.csv", file(2));
        lab.run();

        assertThat(kept())
                .containsExactly(
                        "landing/1.csv [3] %s FILE_CHANGED"
                                .formatted(System.getProperty("user.name")));
        assertThatThrownBy(() -> withdraw(Optional.of("1.csv"), "why"))
                .hasMessage("Cannot withdraw corrections of shop.people: none are kept of 1.csv");
        assertThatThrownBy(() -> withdraw(Optional.empty(), " "))
                .hasMessageContaining(
                        "Cannot withdraw corrections: a reason of 1 to 1,000 characters");
        assertThat(withdraw(Optional.empty(), "why")).hasSize(1);
        assertThat(withdraw(Optional.empty(), "why")).isEmpty();
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }
}
