package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of model over several runs.
class KindsTest {
    private Estate estate;

    @BeforeEach
    void write_events(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "web/sources.yml",
                                """
                                sources:
                                  - name: web
                                    tables:
                                      - name: events
                                        event_time: seen
                                        load: {files: "events-*.csv"}
                                        columns:
                                          - {name: id, data_type: bigint}
                                          - {name: seen, data_type: timestamp}
                                          - {name: page, data_type: varchar}
                                """)
                        .file(
                                "events-1.csv",
                                "id,seen,page\n1,2026-01-01 08:00:00,home\n2,2026-01-02 08:00:00,shop\n");
    }

    private void more(int file, String rows) {
        estate.file("events-" + file + ".csv", "id,seen,page\n" + rows);
    }

    @Test
    void an_incremental_model_appends_what_its_query_gives() {
        estate.file(
                "web/models/log.sql",
                """
                {{ config(materialized='incremental') }}
                select id, page from web.events
                {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
                """);
        estate.published();
        more(2, "3,2026-01-03 08:00:00,cart\n");
        estate.published();

        assertThat(estate.sql("select id, page from web.log order by id"))
                .containsExactly("1|home", "2|shop", "3|cart");
    }

    @Test
    void an_incremental_model_merges_by_key() {
        for (String strategy : List.of("merge", "delete+insert")) {
            estate.file(
                    "web/models/last_%s.sql".formatted(strategy.replace("+", "_")),
                    """
                    {{ config(materialized='incremental', unique_key='page', incremental_strategy='%s') }}
                    select page, max(id) as id from web.events
                    {%% if is_incremental() %%} where id > 2 {%% endif %%}
                    group by all
                    """
                            .formatted(strategy));
        }
        estate.published();
        more(2, "3,2026-01-03 08:00:00,home\n4,2026-01-03 08:00:00,cart\n");
        estate.published();

        for (String table : List.of("web.last_merge", "web.last_delete_insert")) {
            assertThat(estate.sql("select page, id from %s order by id".formatted(table)))
                    .as(table)
                    .containsExactly("shop|2", "home|3", "cart|4");
        }
    }

    @Test
    void an_incremental_model_takes_new_columns_where_it_may() {
        String model =
                """
                {{ config(materialized='incremental', on_schema_change='append_new_columns') }}
                select id%s from web.events
                {%% if is_incremental() %%} where id > (select max(id) from {{ this }}) {%% endif %%}
                """;
        estate.file("web/models/log.sql", model.formatted(""));
        estate.published();
        estate.file("web/models/log.sql", model.formatted(", page"));
        more(2, "3,2026-01-03 08:00:00,cart\n");
        estate.published();

        assertThat(estate.sql("select id, page from web.log order by id").getLast())
                .isEqualTo("3|cart");
    }

    @Test
    void a_slowly_changing_dimension_keeps_every_version() {
        estate.file(
                "web/models/page_d.sql",
                """
                {{ config(materialized='dimension', natural_key='page', history='scd2') }}
                select page, max(id) as last_id from web.events group by all
                """);
        estate.published();
        more(2, "3,2026-01-03 08:00:00,home\n4,2026-01-03 09:00:00,cart\n");
        estate.published();

        assertThat(
                        estate.sql(
                                "select page, last_id, is_current, valid_to is null from web.page_d"
                                        + " order by page, valid_from"))
                .containsExactly(
                        "cart|4|true|true",
                        "home|1|false|false",
                        "home|3|true|true",
                        "shop|2|true|true");
        assertThat(estate.sql("select count(distinct page_key) from web.page_d"))
                .containsExactly("3");
        assertThat(
                        estate.sql(
                                "select count(*) from web.page_d a join web.page_d b on a.page = b.page"
                                        + " and a.valid_to = b.valid_from"))
                .containsExactly("1");
    }

    @Test
    void microbatches_are_facts() {
        estate.file(
                        "web/models/daily.sql",
                        """
                        {{ config(materialized='incremental', incremental_strategy='microbatch', event_time='seen', batch_size='day', lookback=0) }}
                        select id, seen, page from {{ ref('events_clean') }}
                        """)
                .file(
                        "web/models/events_clean.sql",
                        "{{ config(materialized='view', event_time='seen') }} select * from {{ source('web', 'events') }} where id > 0");
        estate.published();
        more(2, "5,2026-01-02 20:00:00,late\n");
        RunReport report = estate.published();

        assertThat(
                        report.results().stream()
                                .filter(result -> result.step().dataset().name().equals("daily"))
                                .findFirst()
                                .orElseThrow()
                                .intervals())
                .hasSize(1);
        assertThat(estate.sql("select id from web.daily order by id"))
                .containsExactly("1", "2", "5");
    }

    @Test
    void seeds_ephemeral_models_macros_and_views_work_together() {
        estate.file("web/seeds/page_group.csv", "page,page_group\nhome,start\nshop,buy\n")
                .file("macros/up.sql", "{% macro up(c) %}upper({{ c }}){% endmacro %}")
                .file(
                        "web/models/grouped.sql",
                        "{{ config(materialized='ephemeral') }}\nselect * from web.events join {{ ref('page_group') }} using (page)")
                .file(
                        "web/models/report.sql",
                        "select {{ up('page_group') }} as g, count(*) as n from {{ ref('grouped') }} group by all");
        estate.published();
        assertThat(estate.sql("select g, n from web.report order by g"))
                .containsExactly("BUY|1", "START|1");

        estate.file("web/seeds/page_group.csv", "page,page_group\nhome,start\nshop,start\n");
        estate.published();
        assertThat(estate.sql("select g, n from web.report order by g")).containsExactly("START|2");
    }

    @Test
    void a_new_column_at_the_source_arrives() {
        estate.file(
                "web/models/copy.sql",
                "{{ config(materialized='table') }} select * exclude (_loaded_at, _batch_id) from web.events");
        estate.published();
        estate.file("events-2.csv", "id,seen,page,browser\n3,2026-01-03 08:00:00,cart,fox\n");
        estate.published();

        assertThat(estate.sql("select id, browser from web.copy order by id"))
                .containsExactly("1|null", "2|null", "3|fox");
    }

    @Test
    void rows_of_a_fact_that_no_interval_would_have_are_an_error() {
        String model =
                "{{ config(materialized='fact', event_time='day'%s) }} select id, cast(seen + interval 1 day as date) as day from web.%s";
        estate.file("web/models/shifted.sql", model.formatted("", "events"));

        assertThat(estate.run().results().getLast().message())
                .startsWith(
                        "Cannot fill web.shifted: its query gives rows whose day is not in the interval that its inputs were"
                                + " cut to, so that no interval would have them (web/models/shifted.sql)");

        estate.file("web/models/shifted.sql", model.formatted(", lookback=1", "events"));
        estate.published();
    }

    @Test
    void what_a_model_is_told_of_columns_that_it_does_not_have_is_an_error() {
        fails(
                "{{ config(materialized='dimension', natural_key='pag') }} select page from web.events",
                "Cannot build web.m: its natural_key 'pag' is not among its columns [page] (web/models/m.sql)");
        fails(
                "{{ config(materialized='table', partition_by='month(at)') }} select seen from web.events",
                "Cannot lay out the dataset: 'at' of partition_by or sort_by is not among its columns [seen]");
    }

    @Test
    void a_view_does_not_read_itself() {
        estate.file("web/models/m.sql", "select 1 as id");
        estate.published();
        fails("select * from web.m", "Cannot read web.m: it reads itself");
        assertThat(estate.sql("from web.m")).containsExactly("1");
    }

    private void fails(String model, String message) {
        estate.file("web/models/m.sql", model);
        assertThat(estate.run().results().getLast().message()).startsWith(message);
    }

    @Test
    void partitions_are_as_declared_and_rows_survive_compaction() {
        estate.file(
                        "ade.yml",
                        "name: estate\nengine: {memory: 512MB, threads: 2}\nmaintenance: {small_files: 3}\n")
                .file(
                        "web/models/event_f.sql",
                        "{{ config(materialized='fact', event_time='seen', partition_by=['day(seen)'], sort_by='id') }} select id, seen, page from web.events");
        estate.published();
        for (int i = 2; i < 7; i++) {
            more(i, "%d,2026-01-0%d 08:00:00,x\n".formatted(i + 1, i));
            estate.published();
        }
        assertThat(estate.sql("select count(*), count(distinct id) from web.event_f"))
                .containsExactly("7|7");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }
}
