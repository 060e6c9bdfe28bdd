package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is filled by event time hears of rows that leave an interval.
class MovedRowsTest {
    private Estate estate;

    @BeforeEach
    void write_visits(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "web/models/visit_f.sql",
                                "{{ config(materialized='fact', event_time='seen') }} select id, who, seen from web.visits")
                        .file(
                                "landing/visits-1.csv",
                                "id,who,seen\n1,ann,2026-01-01 08:00:00\n2,bob,2026-01-02 08:00:00\n");
        source("merge, key: id", "keep");
        estate.published();
    }

    private void source(String mode, String treatment) {
        estate.file(
                "web/sources.yml",
                """
                sources:
                  - name: web
                    tables:
                      - name: visits
                        event_time: seen
                        load: {files: "landing/visits-*.csv", mode: %s}
                        columns: [{name: who, privacy: %s}]
                """
                        .formatted(mode, treatment));
    }

    private void visits(String... rows) {
        assertThat(estate.sql("select id, who, seen::date from web.visits order by all"))
                .containsExactly(rows);
        assertThat(estate.sql("select id, who, seen::date from web.visit_f order by all"))
                .as("the fact")
                .containsExactly(rows);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_row_that_a_merge_moves_is_in_one_interval() {
        estate.file("landing/visits-2.csv", "id,who,seen\n2,bob,2026-01-05 08:00:00\n");
        estate.published();

        visits("1|ann|2026-01-01", "2|bob|2026-01-05");
    }

    @Test
    void a_copy_of_a_file_is_no_second_batch_when_all_is_loaded_again() {
        source("append", "keep");
        estate.published();
        estate.file(
                "landing/visits-2.csv",
                "id,who,seen\n1,ann,2026-01-01 08:00:00\n2,bob,2026-01-02 08:00:00\n");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        assertThat(whole().state()).isEqualTo(Lake.RunState.PUBLISHED);

        visits("1|ann|2026-01-01", "2|bob|2026-01-02");
    }

    @Test
    void rows_that_a_file_of_a_merge_no_longer_has_stay_here_and_below() {
        estate.file("landing/visits-2.csv", "id,who,seen\n7,eve,2026-01-07 08:00:00\n");
        estate.published();
        estate.file("landing/visits-2.csv", "id,who,seen\n8,fay,2026-01-08 08:00:00\n");
        estate.published();

        visits("1|ann|2026-01-01", "2|bob|2026-01-02", "7|eve|2026-01-07", "8|fay|2026-01-08");
    }

    @Test
    void an_older_file_that_is_restated_gives_way_to_what_came_later() {
        estate.file("landing/visits-2.csv", "id,who,seen\n1,amy,2026-01-05 08:00:00\n");
        estate.published();
        restate("2026-01-02", "2026-01-03");

        visits("1|amy|2026-01-05", "2|bob|2026-01-02");
    }

    @Test
    void an_older_file_is_not_restated_over_one_that_is_gone() {
        estate.file("landing/visits-2.csv", "id,who,seen\n1,amy,2026-01-05 08:00:00\n");
        estate.published();
        estate.delete("landing/visits-2.csv");

        assertThatThrownBy(() -> restate("2026-01-02", "2026-01-03"))
                .hasMessageStartingWith(
                        "Cannot load files of web.visits again: landing/visits-2.csv came later and is not there any more");
    }

    @Test
    void an_older_file_is_not_loaded_over_one_that_is_gone() {
        estate.file("landing/visits-2.csv", "id,who,seen\n1,amy,2026-01-05 08:00:00\n");
        estate.published();
        estate.delete("landing/visits-2.csv");

        assertThat(whole().results().getFirst().message())
                .as("a full refresh")
                .startsWith(
                        "Cannot load files of web.visits again: landing/visits-2.csv came later and is not there any more");
        visits("1|amy|2026-01-05", "2|bob|2026-01-02");
        source("merge, key: id", "{treat: mask, keep_first: 1}");
        assertThat(estate.run().results().getFirst().message())
                .as("another declaration")
                .startsWith("Cannot load files of web.visits again: landing/visits-2.csv");
    }

    @Test
    void what_is_newer_than_a_file_that_is_gone_is_loaded_again() {
        estate.file("landing/visits-2.csv", "id,who,seen\n1,amy,2026-01-05 08:00:00\n");
        estate.published();
        estate.delete("landing/visits-1.csv");

        assertThat(whole().state()).isEqualTo(Lake.RunState.PUBLISHED);
        visits("1|amy|2026-01-05", "2|bob|2026-01-02");
    }

    @Test
    void files_of_a_merge_keep_the_order_in_which_they_first_came() {
        estate.file("landing/visits-0.csv", "id,who,seen\n1,zoe,2026-01-06 08:00:00\n");
        estate.published();
        visits("1|zoe|2026-01-06", "2|bob|2026-01-02");

        assertThat(whole().state()).isEqualTo(Lake.RunState.PUBLISHED);
        estate.published();
        visits("1|zoe|2026-01-06", "2|bob|2026-01-02");
        estate.file("landing/visits-00.csv", "id,who,seen\n1,amy,2026-01-07 08:00:00\n");
        source("merge, key: id", "{treat: mask, keep_first: 1}");
        estate.published();
        visits("1|a**|2026-01-07", "2|b**|2026-01-02");
        restate("2026-01-02", "2026-01-03");
        visits("1|a**|2026-01-07", "2|b**|2026-01-02");
    }

    private RunReport whole() {
        try (Ade ade = estate.open()) {
            return ade.run(
                    new RunRequest(
                            List.of("web.visits"),
                            List.of(),
                            RunRequest.Refresh.FULL,
                            Optional.empty(),
                            "test"),
                    RunListener.NONE);
        }
    }

    @Test
    void a_restatement_that_hits_nothing_says_what_there_is() {
        RunReport report = restate("web.visit_f", "2025-01-01", "2025-02-01");

        assertThat(report.state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(report.plan().warnings())
                .containsExactly(
                        "nothing of web.visit_f lies in 2025-01-01 to 2025-02-01, so nothing is restated:"
                                + " it has 2026-01-01 to 2026-01-03");
        assertThat(restate("web.visits", "2025-01-01", "2025-02-01").plan().warnings())
                .singleElement()
                .asString()
                .startsWith("nothing of web.visits lies in ")
                .contains("it has 2026-01-01T08:00:00Z");
        assertThatThrownBy(() -> restate("web.vists", "2025-01-01", "2025-02-01"))
                .hasMessage("Cannot restate web.vists: there is no such dataset");
    }

    private void restate(String from, String to) {
        restate("web.visits", from, to);
    }

    private RunReport restate(String dataset, String from, String to) {
        try (Ade ade = estate.open()) {
            Interval interval =
                    new Interval(
                            Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
            return ade.run(
                    RunRequest.everything("test")
                            .restating(
                                    new RunRequest.Restatement(TableName.parse(dataset), interval)),
                    RunListener.NONE);
        }
    }

    @Test
    void rows_that_stay_show_no_more_than_the_treatment_allows_now() {
        source("append", "{treat: mask, keep_first: 2}");
        estate.published();
        estate.delete("landing/visits-1.csv");
        estate.file("landing/visits-2.csv", "id,who,seen\n7,eve,2026-01-07 08:00:00\n");
        source("append", "{treat: mask, keep_first: 1}");
        estate.published();

        visits("1|null|2026-01-01", "2|null|2026-01-02", "7|e**|2026-01-07");
    }

    @Test
    void rows_that_stay_are_treated_anew_below_too() {
        source("append", "keep");
        estate.published();
        estate.delete("landing/visits-1.csv");
        estate.file("landing/visits-2.csv", "id,who,seen\n7,eve,2026-01-07 08:00:00\n");
        source("append", "{treat: mask}");
        estate.published();

        visits("1|***|2026-01-01", "2|***|2026-01-02", "7|***|2026-01-07");
    }
}
