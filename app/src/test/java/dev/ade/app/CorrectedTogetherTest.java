package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import dev.ade.store.Faults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rejected rows of one file that more than one person corrects.
class CorrectedTogetherTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String FIRST =
            """
            id,qty,email
            1,10,anna@example.org
            2,x,anna@example.org
            ,5,bert@example.org
            4,many,dora@example.org
            """;

    private final SheetLab sheets;
    private final Lab lab;

    CorrectedTogetherTest(@TempDir Path root) {
        this.sheets = new SheetLab(root);
        this.lab = sheets.lab;
    }

    /// A run that somebody overtook.
    private record Late(RunReport report, List<String> said) {}

    /// Something else happens just before the first attempt of the run is published.
    private Late correctWhile(String text, Runnable other) {
        sheets.write(text);
        List<String> said = new ArrayList<>();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        RunListener listener =
                new RunListener() {
                    @Override
                    public void publishing() {
                        if (isFirst.getAndSet(false)) {
                            other.run();
                        }
                    }

                    @Override
                    public void said(String text) {
                        said.add(text);
                    }
                };
        RunReport report =
                lab.with(
                        PROD,
                        Faults.NONE,
                        ade -> {
                            RunRequest request = sheets.request(ade);
                            return ade.run(request, listener);
                        });
        return new Late(report, said);
    }

    @Test
    void two_people_with_one_sheet_are_both_kept() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        String both = sheets.export();

        sheets.correct(both.replace(",2,x,", ",2,20,"));
        RunReport second = sheets.correct(both.replace(",4,many,", ",4,40,"));

        assertThat(SheetLab.notes(second)).contains("2 rows of landing/1.csv read as corrected");
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "4|40");

        RunReport third = sheets.correct(both.replace(",2,x,", ",2,21,").replace(",,5,", ",3,5,"));

        assertThat(SheetLab.notes(third))
                .contains("1 correction of landing/1.csv took the place of earlier ones");
        assertThat(sheets.people()).containsExactly("1|10", "2|21", "3|5", "4|40");
        sheets.write(both);
        assertThatThrownBy(() -> lab.with(sheets::request))
                .hasMessageContaining("they are as they stand in their files");
    }

    @Test
    void two_people_at_the_same_time_are_both_kept() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
        String both = sheets.export();

        Late late =
                correctWhile(
                        both.replace(",2,x,", ",2,20,"),
                        () -> sheets.correct(both.replace(",4,many,", ",4,40,")));
        assertThat(late.said())
                .anyMatch(it -> it.contains("somebody else") && it.endsWith("again"));
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "4|40");

        late =
                correctWhile(
                        both.replace(",,5,", ",3,5,"),
                        () -> sheets.correct(DEV, both.replace(",4,many,", ",4,41,")));
        assertThat(late.said())
                .contains(
                        "Cannot keep corrections of landing/1.csv: somebody else changed those of this file meanwhile: planning again");
        assertThat(sheets.people()).containsExactly("1|10", "2|20", "3|5", "4|41");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        lab.run(DEV);
        assertThat(sheets.people(DEV)).isEqualTo(sheets.people());
    }

    @Test
    void one_row_by_two_people_at_the_same_time_are_those_of_the_first() {
        lab.file("landing/1.csv", FIRST);
        lab.run();
        String both = sheets.export();

        Late late =
                correctWhile(
                        both.replace(",2,x,", ",2,20,").replace(",4,many,", ",4,40,"),
                        () -> sheets.correct(both.replace(",2,x,", ",2,22,")));

        assertThat(late.report().state()).isEqualTo(Lake.RunState.FAILED);
        assertThat(late.report().results().getFirst().message())
                .contains(
                        "Cannot correct line 3 of landing/1.csv: "
                                + System.getProperty("user.name")
                                + " corrected it meanwhile (2126-01-01T");
        assertThat(sheets.people()).containsExactly("1|10", "2|22");
        assertThat(sheets.correct(both.replace(",2,x,", ",2,20,")).state())
                .isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(sheets.people()).containsExactly("1|10", "2|20");
    }
}
