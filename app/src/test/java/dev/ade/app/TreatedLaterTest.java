package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A column that was kept is treated from now on: nobody finds its values any more, wherever rows of before stay.
class TreatedLaterTest {
    private final Lab lab;

    TreatedLaterTest(@TempDir Path folder) {
        this.lab = new Lab(folder, "2126-06-15T12:00:00Z");
        lab.file(
                "landing/1.csv",
                "id,email,ts\n1,ann@x.org,2125-01-01 10:00:00\n2,bob@x.org,2126-06-01 10:00:00\n");
    }

    private void source(String treatment, String rest) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: ev
                        event_time: ts
                        load: {files: "landing/*.csv"}%s
                        columns:
                          - {name: id, privacy: keep}
                          - {name: email, privacy: {class: email, treat: %s}}
                          - {name: ts, data_type: timestamp}
                """
                        .formatted(rest, treatment));
    }

    private void published() {
        assertThat(lab.run().results()).extracting(StepResult::message).containsOnly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "pseudonym", "mask"})
    void intervals_that_retention_keeps_as_they_are_lose_its_values(String treatment) {
        source("keep", "\n        retention: 1 year");
        lab.file(
                "shop/models/f.sql",
                "{{ config(materialized='fact', event_time='ts') }} select id, email, ts from shop.ev");
        lab.file(
                "shop/models/d.sql",
                "{{ config(materialized='day', entity='id') }} select id, max(email) as email, ts::date as day from shop.f group by all");
        published();
        lab.with(Ade::retain);
        assertThat(lab.sql(PROD, "select id, email from shop.f order by 1"))
                .containsExactly("1|ann@x.org", "2|bob@x.org");

        source(treatment, "\n        retention: 1 year");
        published();

        for (String table : new String[] {"f", "d"}) {
            assertThat(lab.sql(PROD, "select id, email is null from shop." + table + " order by 1"))
                    .containsExactly("1|true", "2|false");
            assertThat(lab.sql(PROD, "select email from shop." + table))
                    .doesNotContain("ann@x.org", "bob@x.org");
        }
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void an_incremental_model_whose_key_it_is_starts_over_also_where_columns_come() {
        source("keep", "");
        String model =
                "{{ config(materialized='incremental', unique_key='email') }} select email, count(*) as n%s from shop.ev group by email";
        lab.file("shop/models/spent.sql", model.formatted(""));
        published();

        source("pseudonym", "");
        lab.file("shop/models/spent.sql", model.formatted(", max(id) as last"));
        published();

        assertThat(lab.sql(PROD, "select n, last, email is null from shop.spent order by last"))
                .containsExactly("1|1|false", "1|2|false");
    }

    @Test
    void failing_rows_that_were_stored_before_go() {
        source("keep", "");
        lab.file("shop/models/t.sql", "{{ config(materialized='table') }} from shop.ev");
        lab.file(
                "shop/models/t.yml",
                "models: [{name: t, columns: [{name: id, data_tests: [{accepted_values: {values: [1], config: {severity: warn, store_failures: true}}}]}]}]\n");
        published();
        String stored = "select count(*) from ade.failures where failing_row like '%bob@x.org%'";
        assertThat(lab.sql(PROD, stored)).containsExactly("1");

        source("pseudonym", "");
        published();
        assertThat(lab.sql(PROD, stored)).containsExactly("0");
        assertThat(lab.sql(PROD, "select count(*) from ade.failures")).containsExactly("1");
    }

    @Test
    void new_files_of_one_content_are_loaded_once_by_a_full_refresh() {
        source("keep", "");
        lab.file("landing/2.csv", "id,email,ts\n3,cyd@x.org,2126-06-01 10:00:00\n");
        lab.file("landing/3.csv", "id,email,ts\n3,cyd@x.org,2126-06-01 10:00:00\n");
        RunRequest all = RunRequest.everything("ade run --full-refresh");
        lab.with(ade ->
                ade.run(
                        new RunRequest(
                                all.select(),
                                all.exclude(),
                                RunRequest.Refresh.FULL,
                                all.restate(),
                                all.command()),
                        RunListener.NONE));
        assertThat(lab.sql(PROD, "select count(*) from shop.ev")).containsExactly("3");
    }
}
