package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// dbt's snapshots over several runs.
class SnapshotTest {
    private static final String HISTORY =
            "select id, state, dbt_valid_from, dbt_valid_to from estate.%s order by id, dbt_valid_from";

    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate = new Estate(folder).file("dbt_project.yml", "name: estate\n");
        parcels("1,sent,2026-01-01 08:00:00\n2,sent,2026-01-01 09:00:00\n");
    }

    private void parcels(String rows) {
        estate.file("seeds/parcels.csv", "id,state,changed\n" + rows);
    }

    private void snapshot(String name, String config) {
        estate.file(
                "snapshots/%s.sql".formatted(name),
                """
                {%% snapshot %s %%}
                {{ config(unique_key='id', %s) }}
                select * from {{ ref('parcels') }}
                {%% endsnapshot %%}
                """
                        .formatted(name, config));
    }

    private void run() {
        RunReport report = estate.run();
        assertThat(report.results()).extracting(StepResult::message).containsOnly("");
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
    }

    @Test
    void a_row_with_a_later_time_closes_the_one_before() {
        snapshot("by_time", "strategy='timestamp', updated_at='changed'");
        run();
        parcels("1,there,2026-01-02 08:00:00\n3,sent,2026-01-02 10:00:00\n");
        run();

        assertThat(estate.sql(HISTORY.formatted("by_time")))
                .containsExactly(
                        "1|sent|2026-01-01T08:00|2026-01-02T08:00",
                        "1|there|2026-01-02T08:00|null",
                        "2|sent|2026-01-01T09:00|null",
                        "3|sent|2026-01-02T10:00|null");
        assertThat(estate.sql("select count(distinct dbt_scd_id) from estate.by_time"))
                .containsExactly("4");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_changed_column_closes_the_row_before() {
        snapshot("by_state", "strategy='check', check_cols=['state']");
        snapshot("by_all", "strategy='check', check_cols='all', updated_at='changed'");
        run();
        parcels("1,sent,2026-01-03 08:00:00\n2,there,2026-01-03 09:00:00\n");
        run();

        assertThat(
                        estate.sql(
                                "select id, state, dbt_valid_to is null from estate.by_state order by id, dbt_valid_from"))
                .containsExactly("1|sent|true", "2|sent|false", "2|there|true");
        assertThat(estate.sql(HISTORY.formatted("by_all")))
                .containsExactly(
                        "1|sent|2026-01-01T08:00|2026-01-03T08:00",
                        "1|sent|2026-01-03T08:00|null",
                        "2|sent|2026-01-01T09:00|2026-01-03T09:00",
                        "2|there|2026-01-03T09:00|null");
    }

    @Test
    void rows_that_went_end_or_are_said_to_be_deleted_and_may_come_back() {
        snapshot("ended", "strategy='check', check_cols='all', invalidate_hard_deletes=true");
        snapshot("said", "strategy='timestamp', updated_at='changed', hard_deletes='new_record'");
        run();
        parcels("2,sent,2026-01-01 09:00:00\n");
        run();
        run_again_with_the_first_row();

        assertThat(
                        estate.sql(
                                "select id, dbt_valid_to is null from estate.ended order by id, dbt_valid_from"))
                .containsExactly("1|false", "1|true", "2|true");
        assertThat(
                        estate.sql(
                                "select id, state, dbt_is_deleted, dbt_valid_to is null from estate.said"
                                        + " order by id, dbt_valid_from"))
                .containsExactly(
                        "1|sent|False|false",
                        "1|sent|True|false",
                        "1|sent|False|true",
                        "2|sent|False|true");
    }

    private void run_again_with_the_first_row() {
        parcels("1,sent,2026-01-01 08:00:00\n2,sent,2026-01-01 09:00:00\n");
        run();
    }

    @Test
    void a_key_that_comes_back_as_it_was_is_there_again_from_then_on() {
        snapshot(
                "by_time", "strategy='timestamp', updated_at='changed', hard_deletes='invalidate'");
        run();
        parcels("2,sent,2026-01-01 09:00:00\n");
        run();
        run_again_with_the_first_row();

        assertThat(
                        estate.sql(
                                "select id, state, dbt_updated_at, dbt_valid_to is null from estate.by_time"
                                        + " order by id, dbt_valid_from"))
                .containsExactly(
                        "1|sent|2026-01-01T08:00|false",
                        "1|sent|2026-01-01T08:00|true",
                        "2|sent|2026-01-01T09:00|true");
        assertThat(overlaps("by_time")).containsExactly("0");
    }

    @Test
    void a_change_after_a_return_is_seen_though_its_time_lies_before_the_return() {
        snapshot(
                "by_time", "strategy='timestamp', updated_at='changed', hard_deletes='invalidate'");
        run();
        parcels("2,sent,2026-01-01 09:00:00\n");
        run();
        run_again_with_the_first_row();
        parcels("1,there,2026-01-01 08:30:00\n2,sent,2026-01-01 09:00:00\n");
        run();

        assertThat(
                        estate.sql(
                                "select state, dbt_updated_at, dbt_valid_to is null from estate.by_time"
                                        + " where id = 1 order by dbt_valid_from"))
                .containsExactly(
                        "sent|2026-01-01T08:00|false",
                        "sent|2026-01-01T08:00|false",
                        "there|2026-01-01T08:30|true");
        assertThat(overlaps("by_time")).containsExactly("0");
    }

    @Test
    void a_change_without_a_later_time_ends_what_was_when_it_is_seen() {
        snapshot("by_all", "strategy='check', check_cols=['state'], updated_at='changed'");
        run();
        parcels("1,there,2026-01-01 08:00:00\n2,lost,2025-12-01 00:00:00\n");
        run();

        assertThat(
                        estate.sql(
                                "select id, state, dbt_updated_at, dbt_valid_to is null from estate.by_all"
                                        + " order by id, dbt_valid_from"))
                .containsExactly(
                        "1|sent|2026-01-01T08:00|false",
                        "1|there|2026-01-01T08:00|true",
                        "2|sent|2026-01-01T09:00|false",
                        "2|lost|2025-12-01T00:00|true");
        assertThat(overlaps("by_all")).containsExactly("0");
    }

    @Test
    void a_key_that_goes_before_its_time_and_comes_back_overlaps_nothing() {
        snapshot("ended", "strategy='timestamp', updated_at='changed', hard_deletes='invalidate'");
        snapshot("said", "strategy='timestamp', updated_at='changed', hard_deletes='new_record'");
        run();
        parcels("1,there,2999-01-01 08:00:00\n2,sent,2026-01-01 09:00:00\n");
        run();
        parcels("2,sent,2026-01-01 09:00:00\n");
        run();
        parcels("1,there,2999-01-01 08:00:00\n2,sent,2026-01-01 09:00:00\n");
        run();

        assertThat(overlaps("ended")).containsExactly("0");
        assertThat(overlaps("said")).containsExactly("0");
    }

    @Test
    void a_number_may_say_which_state_is_later() {
        snapshot("by_version", "strategy='timestamp', updated_at='version'");
        estate.file("seeds/parcels.csv", "id,state,version\n1,sent,5\n2,sent,5\n");
        run();
        estate.file("seeds/parcels.csv", "id,state,version\n1,there,6\n2,sent,5\n");
        run();

        assertThat(estate.sql(HISTORY.formatted("by_version")))
                .containsExactly("1|sent|5|6", "1|there|6|null", "2|sent|5|null");
    }

    @Test
    void a_number_cannot_say_when_a_row_went() {
        snapshot(
                "by_version",
                "strategy='timestamp', updated_at='version', hard_deletes='invalidate'");
        estate.file("seeds/parcels.csv", "id,state,version\n1,sent,5\n");

        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "rows that go end at a time, and its updated_at is a number"));
    }

    @Test
    void states_that_begin_on_one_day_have_ids_of_their_own() {
        snapshot("ended", "strategy='timestamp', updated_at='day', hard_deletes='invalidate'");
        snapshot("said", "strategy='timestamp', updated_at='day', hard_deletes='new_record'");
        String other = "id,state,day\n2,sent,2026-01-01\n";
        String both = other + "1,sent,2026-01-01\n";
        for (String rows : List.of(both, other, both, other, both)) {
            estate.file("seeds/parcels.csv", rows);
            run();
        }

        for (String snapshot : List.of("ended", "said")) {
            assertThat(
                            estate.sql(
                                    "select count(*) - count(distinct dbt_scd_id), count(*) > 3 from estate."
                                            + snapshot))
                    .containsExactly("0|true");
        }
    }

    /// Pairs of states of a key of which the later begins before the other ends, and states that end before they begin.
    private List<String> overlaps(String snapshot) {
        return estate.sql(
                """
                select count(*) from (
                  select *, lead(dbt_valid_from) over (partition by id order by dbt_valid_from, dbt_valid_to) as next
                  from estate.%s
                ) where next < coalesce(dbt_valid_to, 'infinity') or dbt_valid_to < dbt_valid_from
                """
                        .formatted(snapshot));
    }

    @Test
    void history_survives_new_and_lost_columns_and_another_definition() {
        snapshot("by_time", "strategy='timestamp', updated_at='changed'");
        run();
        estate.file(
                "seeds/parcels.csv",
                "id,changed,weight\n1,2026-01-02 08:00:00,7\n2,2026-01-01 09:00:00,8\n");
        run();
        snapshot("by_time", "strategy='timestamp', updated_at='changed', tags=['late']");
        estate.run();

        assertThat(
                        estate.sql(
                                "select id, state, weight, dbt_valid_to from estate.by_time order by id, dbt_valid_from"))
                .containsExactly(
                        "1|sent|null|2026-01-02T08:00", "1|null|7|null", "2|sent|null|null");
    }

    @Test
    void yaml_declares_a_snapshot_with_names_and_an_end_of_its_own() {
        estate.file(
                "snapshots/parcels.yml",
                """
                snapshots:
                  - name: parcel_history
                    relation: ref('parcels')
                    description: every state of a parcel
                    config:
                      unique_key: [id, state]
                      strategy: check
                      check_cols: [changed]
                      updated_at: changed
                      dbt_valid_to_current: "timestamp '9999-12-31'"
                      snapshot_meta_column_names: {dbt_valid_from: since, dbt_valid_to: until, dbt_scd_id: row_id}
                    columns:
                      - name: row_id
                        data_tests: [unique, not_null]
                """);
        run();
        parcels("1,sent,2026-01-02 08:00:00\n");
        run();

        assertThat(
                        estate.sql(
                                "select id, since, until from estate.parcel_history order by id, since"))
                .containsExactly(
                        "1|2026-01-01T08:00|2026-01-02T08:00",
                        "1|2026-01-02T08:00|9999-12-31T00:00",
                        "2|2026-01-01T09:00|9999-12-31T00:00");
    }

    @Test
    void a_key_that_comes_twice_is_refused() {
        parcels("1,sent,2026-01-01 08:00:00\n1,there,2026-01-01 09:00:00\n");
        snapshot("by_time", "strategy='timestamp', updated_at='changed'");

        assertThat(estate.run().results())
                .extracting(StepResult::message)
                .anySatisfy(message ->
                        assertThat(message)
                                .contains(
                                        "Cannot keep estate.by_time: 1 value of its unique_key (id) comes more than once"));
    }
}
