package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.model.AdeException;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A fact looks something up in rows that have an event time of their own.
class WholeInputsTest {
    private static final String MICROBATCH =
            "materialized='incremental', incremental_strategy='microbatch', event_time='seen', batch_size='day', lookback=0";

    private Estate estate;

    @BeforeEach
    void write_visits_and_people(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "web/sources.yml",
                                """
                                sources:
                                  - name: web
                                    tables:
                                      - name: visits
                                        event_time: seen
                                        load: {files: "landing/visits-*.csv"}
                                        columns: [{name: who, privacy: keep}]
                                      - name: people
                                        event_time: joined
                                        load: {files: "landing/people-*.csv", mode: merge, key: who}
                                        columns: [{name: who, privacy: keep}, {name: city, privacy: keep}]
                                """)
                        .file(
                                "landing/visits-1.csv",
                                "id,who,seen\n1,ann,2026-01-05 08:00:00\n2,bob,2026-01-06 08:00:00\n")
                        .file(
                                "landing/people-1.csv",
                                "who,city,joined\nann,Bern,2025-03-01 00:00:00\nbob,Rome,2026-01-06 00:00:00\n");
    }

    private void visitFact(String config, String people) {
        estate.file(
                "web/models/visit_f.sql",
                """
                {{ config(%s) }}
                select v.id, v.seen, p.city from {{ source('web', 'visits') }} v left join %s p using (who)
                """
                        .formatted(config, people));
    }

    private void visits(String... rows) {
        estate.published();
        assertThat(estate.sql("select id, city from web.visit_f order by all"))
                .containsExactly(rows);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private void annMoves() {
        estate.file("landing/people-2.csv", "who,city,joined\nann,Basel,2026-02-01 00:00:00\n");
    }

    @Test
    void rendered_sources_of_a_microbatch_are_seen_whole() {
        visitFact(MICROBATCH, "{{ source('web', 'people') }}");
        visits("1|null", "2|Rome");

        visitFact(MICROBATCH, "{{ source('web', 'people').render() }}");
        assertThat(changed()).containsExactly("web.visit_f whole_inputs");
        visits("1|Bern", "2|Rome");

        annMoves();
        visits("1|Basel", "2|Rome");
    }

    /// What a plan says of configuration.
    private List<String> changed() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request()).comparison().changes().stream()
                    .flatMap(change ->
                            change.facts().stream().map(it -> change.dataset() + " " + it.name()))
                    .toList();
        }
    }

    @Test
    void a_fact_names_those_that_plain_SQL_sees_whole() {
        visitFact(
                "materialized='fact', event_time='seen', whole_inputs=['web.people']",
                "web.people");
        visits("1|Bern", "2|Rome");

        annMoves();
        visits("1|Basel", "2|Rome");
    }

    @Test
    void a_view_that_sees_something_whole_is_seen_whole() {
        estate.file(
                "web/models/seen.sql",
                """
                {{ config(event_time='seen') }}
                select v.id, v.seen, p.city from {{ source('web', 'visits') }} v
                left join {{ source('web', 'people').render() }} p using (who)
                """);
        estate.file(
                "web/models/visit_f.sql",
                "{{ config(materialized='fact', event_time='seen') }} select id, seen, city from {{ ref('seen') }}");
        visits("1|Bern", "2|Rome");

        annMoves();
        visits("1|Basel", "2|Rome");
    }

    @Test
    void what_is_all_of_inputs_seen_whole_has_rows_from_its_begin_on_and_none_without_time() {
        estate.file(
                "landing/visits-2.csv",
                "id,who,seen\n3,bob,2026-01-06 01:00:00\n4,ann,\n5,ann,2026-01-07 09:00:00\n");
        String whole =
                "materialized='fact', event_time='seen', whole_inputs=['web.visits', 'web.people']";

        visitFact(whole, "web.people");
        visits("1|Bern", "2|Rome", "3|Rome", "5|Bern");

        visitFact(whole + ", begin='2026-01-06 07:00'", "web.people");
        visits("2|Rome", "3|Rome", "5|Bern");
    }

    @Test
    void what_is_made_of_a_fact_whose_inputs_are_seen_whole_sees_that_whole() {
        visitFact(
                "materialized='fact', event_time='seen', whole_inputs=['web.visits', 'web.people']",
                "web.people");
        estate.file(
                        "web/models/day_d.sql",
                        """
                        {{ config(materialized='day', event_time='day', entity=['city']) }}
                        select date_trunc('day', seen)::date as day, city, count(*) as visits
                        from {{ ref('visit_f') }} group by all
                        """)
                .published();
        String days = "select city, visits from web.day_d order by all";
        assertThat(estate.sql(days)).containsExactly("Bern|1", "Rome|1");

        estate.file("landing/visits-2.csv", "id,who,seen\n3,ann,2026-01-05 10:00:00\n").published();
        assertThat(estate.sql(days)).containsExactly("Bern|2", "Rome|1");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void what_the_query_does_not_read_cannot_be_seen_whole() {
        visitFact(
                "materialized='fact', event_time='seen', whole_inputs='web.persons'", "web.people");

        assertThatThrownBy(estate::run)
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("whole_inputs")
                .hasMessageContaining("web.persons");
    }
}
