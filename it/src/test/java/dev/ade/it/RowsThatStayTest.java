package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is filled by event time hears of rows of a source that stay and are others all the same.
class RowsThatStayTest {
    private Estate estate;

    @BeforeEach
    void write_a_fact(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "crm/models/call_f.sql",
                                "{{ config(materialized='fact', event_time='rung') }}"
                                        + " select * exclude (_batch_id, _loaded_at, _source) from crm.calls")
                        .file(
                                "crm/models/call_a.sql",
                                "{{ config(materialized='day', entity='id', event_time='day') }}"
                                        + " select id, rung::date as day, count(*) as n from crm.call_f group by all");
    }

    private void source(String load, String more) {
        estate.file(
                "crm/sources.yml",
                """
                sources:
                  - name: crm
                    tables:
                      - name: calls
                        load: {files: "landing/calls-*", %s}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: rung, data_type: timestamp}
                        %s
                """
                        .formatted(load, more));
    }

    private void isAsFromScratch(String columns) {
        String source = "select %s from crm.calls order by all".formatted(columns);
        String fact = "select %s from crm.call_f order by all".formatted(columns);
        String days = "select id, day, n from crm.call_a order by all";
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        List<String> calls = estate.sql(source);
        List<String> facts = estate.sql(fact);
        List<String> counts = estate.sql(days);
        assertThat(facts).isEqualTo(calls);
        assertThat(estate.verified()).isEqualTo("EQUAL " + calls.size());
        readAllAgain();
        assertThat(estate.sql(source)).isEqualTo(calls);
        assertThat(estate.sql(fact)).isEqualTo(calls);
        assertThat(estate.sql(days)).isEqualTo(counts);
    }

    private void readAllAgain() {
        RunRequest asked = RunRequest.everything("ade run");
        try (Ade ade = estate.open()) {
            RunRequest full =
                    new RunRequest(
                            List.of(),
                            List.of(),
                            RunRequest.Refresh.FULL,
                            asked.restate(),
                            asked.command());
            assertThat(ade.run(full, RunListener.NONE).state()).isEqualTo(Lake.RunState.PUBLISHED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: append", "mode: replace", "mode: merge, key: id"})
    void a_column_that_looks_personal_later_is_treated_below_too(String load) {
        source(load, "event_time: rung");
        estate.file(
                "landing/calls-1.csv",
                "id,rung,tel\n1,2026-01-01 10:00:00,111\n2,2026-01-02 10:00:00,112\n");
        estate.published();
        estate.file("landing/calls-2.csv", "id,rung,tel\n3,2026-01-04 11:00:00,+51 911 222 333\n");
        estate.published();

        assertThat(estate.sql("select length(tel::varchar), count(*) from crm.call_f group by all"))
                .containsExactly("36|3");
        isAsFromScratch("id, rung, tel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: append", "mode: merge, key: id"})
    void an_event_time_may_be_declared_later(String load) {
        source(load, "");
        estate.file(
                "landing/calls-1.csv", "id,rung\n1,2026-01-01 10:00:00\n2,2026-01-02 10:00:00\n");
        estate.published();
        source(load, "event_time: rung");
        estate.published();
        isAsFromScratch("id, rung");

        estate.file("landing/calls-2.csv", "id,rung\n2,2026-01-05 10:00:00\n");
        assertThat(estate.published().results()).allMatch(it -> it.intervals().size() < 3);
        isAsFromScratch("id, rung");
    }

    @Test
    void an_event_time_may_be_declared_after_a_file_is_gone() {
        source("mode: append", "");
        estate.file("landing/calls-1.csv", "id,rung\n1,2026-01-01 10:00:00\n")
                .file("landing/calls-2.csv", "id,rung\n2,2026-01-02 10:00:00\n");
        estate.published();
        estate.delete("landing/calls-1.csv");
        source("mode: append", "event_time: rung");
        estate.published();

        assertThat(estate.sql("select id, rung::date from crm.call_f order by all"))
                .containsExactly("1|2026-01-01", "2|2026-01-02");
    }

    @Test
    void another_event_time_counts_for_the_rows_of_files_that_are_gone() {
        estate.file(
                        "crm/models/call_f.sql",
                        "{{ config(materialized='fact', event_time='rung') }} select id, rung, ended from crm.calls")
                .delete("crm/models/call_a.sql");
        source("mode: append", "event_time: rung");
        estate.file(
                        "landing/calls-1.csv",
                        "id,rung,ended\n1,2026-01-01 10:00:00,2026-02-01 10:00:00\n")
                .file(
                        "landing/calls-2.csv",
                        "id,rung,ended\n2,2026-01-02 10:00:00,2026-02-02 10:00:00\n");
        estate.published();
        estate.delete("landing/calls-1.csv");
        estate.file(
                "crm/models/call_f.sql",
                "{{ config(materialized='fact', event_time='ended') }} select id, rung, ended from crm.calls");
        source("mode: append", "event_time: ended");
        estate.published();

        assertThat(estate.sql("select id, ended::date from crm.call_f order by all"))
                .containsExactly("1|2026-02-01", "2|2026-02-02");
    }
}
