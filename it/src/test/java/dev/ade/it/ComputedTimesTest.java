package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fact whose event time, or that of what it reads, is another than that of the rows it is made from: no row is lost
/// without a word.
class ComputedTimesTest {
    private static final String LOST =
            "its query gives rows whose t is not in the interval that its inputs were cut to";

    private Estate estate;

    @BeforeEach
    void write_visits(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "web/sources.yml",
                                """
                                sources:
                                  - name: web
                                    tables:
                                      - {name: visits, columns: [{name: id, privacy: keep}], event_time: seen, load: {files: "landing/visits-*.csv"}}
                                      - {name: pays, event_time: paid, load: {files: "landing/pays-*.csv"}}
                                      - {name: pages, load: {files: "landing/pages-*.csv"}}
                                      - {name: days, load: {files: "landing/days-*.csv"}}
                                """)
                        .file(
                                "landing/visits-1.csv",
                                """
                                id,page,seen,arrived
                                1,home,2026-01-05 02:00:00,2026-01-09 00:00:00
                                2,cart,2026-01-06 23:00:00,2026-01-09 00:00:00
                                3,home,2026-01-08 23:00:00,2026-01-09 00:00:00
                                """)
                        .file("landing/pays-1.csv", "id,paid\n1,2026-01-05 03:00:00\n")
                        .file("landing/pages-1.csv", "page,title\nhome,Home\ncart,Cart\n")
                        .file(
                                "landing/days-1.csv",
                                "t\n2026-01-01\n2026-01-05\n2026-01-06\n2026-01-08\n2026-01-31\n");
    }

    /// A visit of a day that is filled already, and one more of visit 2, later than the first.
    private void lateVisits() {
        estate.file(
                "landing/visits-2.csv",
                """
                id,page,seen,arrived
                4,home,2026-01-06 01:00:00,2026-01-09 00:00:00
                2,home,2026-01-08 01:00:00,2026-01-09 00:00:00
                """);
    }

    private void fact(String config, String query) {
        estate.file(
                "web/models/f.sql",
                "{{ config(materialized='fact', event_time='t'%s) }} %s".formatted(config, query));
    }

    private String error() {
        return estate.run().results().stream()
                .filter(result -> result.step().dataset().name().equals("f"))
                .findFirst()
                .orElseThrow()
                .message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", lookback=1", ", lookback=3", ", grain='month', lookback=1"})
    void rows_before_the_interval_of_their_inputs_are_an_error(String config) {
        fact(config, "select id, seen - interval 1 month as t from web.visits");
        assertThat(error()).contains(LOST);
    }

    @Test
    void a_lookback_does_not_hide_rows_of_the_day_before() {
        fact(", lookback=1", "select id, seen - interval 5 hour as t from web.visits");
        assertThat(error()).contains(LOST);
    }

    @Test
    void the_lookback_of_a_microbatch_lets_nothing_in_as_in_dbt() {
        estate.file(
                "web/models/f.sql",
                """
                {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='t', batch_size='day') }}
                select id, seen - interval 5 hour as t from web.visits
                """);
        assertThat(error()).contains(LOST);
    }

    @Test
    void a_lookback_fills_the_days_after_the_last() {
        fact(", lookback=1", "select id, seen + interval 2 hour as t from web.visits");
        estate.published();
        assertThat(estate.sql("select id, t::date from web.f order by all"))
                .containsExactly("1|2026-01-05", "2|2026-01-07", "3|2026-01-09");

        lateVisits();
        estate.published();
        assertThat(estate.sql("select id, t::date from web.f order by all"))
                .containsExactly(
                        "1|2026-01-05",
                        "2|2026-01-07",
                        "2|2026-01-08",
                        "3|2026-01-09",
                        "4|2026-01-06");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void rows_that_only_a_later_input_makes_are_an_error() {
        fact(
                ", lookback=1",
                "select id, least(seen, paid) as t from web.visits join web.pays using (id)");
        estate.published();
        estate.file("landing/pays-2.csv", "id,paid\n2,2026-01-07 01:00:00\n");
        assertThat(error()).contains(LOST);
    }

    @Test
    void an_input_seen_whole_does_not_hide_rows_of_another_day() {
        String query =
                "select id, seen - interval %d hour as t, title from web.visits join web.pages using (page)";
        fact("", query.formatted(5));
        assertThat(error()).contains(LOST);

        fact("", query.formatted(1));
        estate.published();
        assertThat(estate.sql("select count(*) from web.f")).containsExactly("3");
    }

    @Test
    void days_of_a_calendar_that_other_intervals_fill_are_no_strays() {
        fact(
                "",
                "select d.t, count(id) as n from web.days d left join web.visits on d.t = seen::date group by 1");
        estate.published();
        assertThat(estate.sql("select t, n from web.f order by 1"))
                .containsExactly("2026-01-05|1", "2026-01-06|1", "2026-01-08|1");

        estate.file("landing/days-2.csv", "t\n2026-01-07\n");
        assertThat(error())
                .contains(
                        "its query gives rows of [2026-01-07T00:00:00Z, 2026-01-08T00:00:00Z), in which no input with event time has any");
    }

    /// What a fact of a view has is what the view has, whenever it came.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, date_trunc('month', seen) as t from web.visits",
                "select id, seen - interval 5 hour as t from web.visits",
                "select id, max(seen) as t from web.visits group by id",
                "select id, seen as t from web.visits union all select 0, timestamp '2025-01-01'",
                "select id, seen as t from web.visits union all select id, arrived from web.visits",
                "select 1 as id, timestamp '2025-01-01' as t",
                "select id, seen as t from web.visits qualify row_number() over (partition by id order by seen desc) = 1",
                "select distinct on (id) id, seen as t from web.visits order by id, seen desc",
                "select id, seen as t from web.visits order by seen desc limit 2",
                "select a.id, a.seen as t from web.visits a join web.visits b on a.id = b.id and b.page = 'home'",
                "select v.id, v.seen as t, p.paid from web.visits v left join web.pays p using (id)",
                "select id, seen as t from web.visits where seen > (select max(seen) - interval 1 day from web.visits)"
            })
    void a_view_whose_rows_follow_from_other_times_is_seen_whole(String query) {
        view(query);
        assertThat(published()).contains("f");
        assertThat(estate.sql("from web.f order by all"))
                .isEqualTo(estate.sql("from web.v order by all"));

        lateVisits();
        estate.file("landing/pays-2.csv", "id,paid\n3,2026-02-01 03:00:00\n");
        published();
        assertThat(estate.sql("from web.f order by all"))
                .isEqualTo(estate.sql("from web.v order by all"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, seen as t from web.visits where id > 0 order by seen",
                "select id, seen::date as t from web.visits",
                "select date_trunc('hour', seen) as t, count(*) as n from web.visits group by 1",
                "select id, seen::timestamptz as t, unnest([1, 2]) as i from (select * from web.visits where page <> '')",
                "with a as (select id, cast(seen as date) as t from web.visits) select * from a"
                        + " union all select id, paid::date from web.pays"
            })
    void a_view_whose_rows_follow_from_those_of_their_time_is_seen_by_intervals(String query) {
        view(query);
        published();

        lateVisits();
        RunReport report = estate.published();
        assertThat(
                        report.results().stream()
                                .filter(result -> result.step().dataset().name().equals("f"))
                                .flatMap(result -> result.intervals().stream())
                                .map(interval -> interval.from().toString().substring(0, 10)))
                .containsExactly("2026-01-06", "2026-01-08");
        assertThat(estate.sql("from web.f order by all"))
                .isEqualTo(estate.sql("from web.v order by all"));
    }

    private void view(String query) {
        estate.file("web/models/v.sql", "{{ config(event_time='t') }} " + query);
        fact("", "select * from web.v");
    }

    private List<String> published() {
        return estate.published().results().stream()
                .map(result -> result.step().dataset().name())
                .toList();
    }
}
