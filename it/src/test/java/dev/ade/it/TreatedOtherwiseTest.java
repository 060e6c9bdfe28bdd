package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who says that a column is to be hidden means the rows that models keep, too.
class TreatedOtherwiseTest {
    private Estate estate;

    @BeforeEach
    void write_people(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file(
                                "landing/people-1.csv",
                                "id,mail\n1,ada@example.com\n2,bob@example.com\n");
        source("keep");
    }

    private void source(String treatment) {
        estate.file(
                "crm/sources.yml",
                """
                sources:
                  - name: crm
                    tables:
                      - name: people
                        load: {files: "landing/people-*.csv"}
                        columns: [{name: mail, privacy: %s}]
                """
                        .formatted(treatment));
    }

    private void incremental(String config) {
        incremental("kept", config);
    }

    private void incremental(String name, String config) {
        estate.file(
                "crm/models/%s.sql".formatted(name),
                "{{ config(materialized='incremental'%s) }} select id, mail from crm.people"
                                .formatted(config)
                        + "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}");
    }

    @Test
    void a_history_loses_the_values_of_before() {
        estate.file(
                        "crm/models/person_d.sql",
                        "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select id, mail from crm.people")
                .file(
                        "crm/snapshots/people.sql",
                        "{% snapshot people_history %}{{ config(unique_key='id', strategy='check', check_cols=['mail']) }}"
                                + " select id, mail from crm.people {% endsnapshot %}");
        estate.published();
        source("{treat: mask}");
        estate.published();

        List<String> rows = List.of("1|null|false", "1|***|true", "2|null|false", "2|***|true");
        assertThat(
                        estate.sql(
                                "select id, left(mail, 3), is_current from crm.person_d order by id, valid_from"))
                .isEqualTo(rows);
        assertThat(
                        estate.sql(
                                "select id, left(mail, 3), dbt_valid_to is null from crm.people_history"
                                        + " order by id, dbt_valid_from"))
                .isEqualTo(rows);
    }

    @Test
    void profiles_of_before_lose_the_values_and_keep_the_counts() {
        estate.file(
                "crm/models/copy.sql",
                "{{ config(materialized='table') }} select id, mail from crm.people");
        estate.published();
        assertThat(plain()).containsExactly("crm.copy|1", "crm.people|1");
        source("{treat: mask, keep_first: 1}");
        estate.published();
        assertThat(plain()).isEmpty();
        assertThat(profiles())
                .containsExactly(
                        "crm.copy|1|2|null|null",
                        "crm.copy|2|2|a**************|b**************",
                        "crm.people|1|2|null|null",
                        "crm.people|2|2|a**************|b**************");

        source("{treat: mask}");
        estate.published();
        assertThat(profiles()).contains("crm.people|2|2|null|null");
        assertThat(
                        estate.sql(
                                "select min_value from ade.profiles where dataset = 'crm.people' and column_name = 'id'"))
                .containsExactly("1", "1", "1");
    }

    private List<String> plain() {
        return estate.sql(
                "select dataset, run_id from ade.profiles where column_name = 'mail'"
                        + " and (frequent_values::varchar like '%ada@%' or contains(hex(sketch), hex(encode('ada@')))) order by all");
    }

    private List<String> profiles() {
        return estate.sql(
                "select dataset, run_id, \"rows\", min_value, max_value from ade.profiles where column_name = 'mail' order by all");
    }

    @Test
    void an_incremental_model_starts_over() {
        incremental("");
        estate.published();
        source("{treat: mask}");
        estate.published();

        assertThat(estate.sql("select id, left(mail, 3) from crm.kept order by id"))
                .containsExactly("1|***", "2|***");
    }

    @Test
    void an_incremental_model_that_goes_on_loses_the_values_of_before() {
        incremental(", full_refresh=false");
        estate.published();
        source("{treat: mask}");
        estate.file("landing/people-2.csv", "id,mail\n3,eve@example.com\n");
        estate.published();

        assertThat(estate.sql("select id, left(mail, 3) from crm.kept order by id"))
                .containsExactly("1|null", "2|null", "3|***");
    }

    @Test
    void it_reaches_them_while_what_they_read_is_still_checked() {
        estate.file(
                        "crm/models/who.sql",
                        "{{ config(materialized='view') }} select id, mail as who from crm.people")
                .file(
                        "crm/models/kept.sql",
                        "{{ config(materialized='incremental', full_refresh=false) }} select id, who from crm.who"
                                + "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}")
                .file(
                        "tests/slow.sql",
                        "select * from crm.who where (select sum(range * range % 7) from range(100000000)) < 0");
        source("{treat: mask, keep_first: 2}");
        estate.published();
        source("{treat: mask, keep_first: 1}");
        estate.published();

        assertThat(estate.sql("select id, who from crm.kept order by id"))
                .containsExactly("1|null", "2|null");
    }

    @Test
    void a_stricter_mask_reaches_the_rows_that_models_keep() {
        estate.file(
                        "crm/models/person_d.sql",
                        "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select id, mail from crm.people")
                .file(
                        "crm/models/who.sql",
                        "{{ config(materialized='view') }} select id, mail as who from crm.people")
                .file(
                        "crm/models/kept.sql",
                        "{{ config(materialized='incremental', full_refresh=false) }} select id, who from crm.who"
                                + "{% if is_incremental() %} where id > (select max(id) from {{ this }}){% endif %}");
        incremental("added", "");
        source("{treat: mask, keep_first: 2}");
        estate.published();
        source("{treat: mask, keep_first: 1}");
        estate.published();

        assertThat(estate.sql("select id, left(mail, 3) from crm.added order by id"))
                .containsExactly("1|a**", "2|b**");
        assertThat(estate.sql("select id, who from crm.kept order by id"))
                .containsExactly("1|null", "2|null");
        assertThat(
                        estate.sql(
                                "select id, left(mail, 3), is_current from crm.person_d order by id, valid_from"))
                .containsExactly("1|null|false", "1|a**|true", "2|null|false", "2|b**|true");
    }

    @Test
    void what_is_treated_as_before_stays() {
        incremental("");
        source("{treat: mask}");
        estate.published();
        estate.file("landing/people-2.csv", "id,mail\n3,eve@example.com\n")
                .delete("landing/people-1.csv");
        estate.published();

        assertThat(estate.sql("select id, left(mail, 3) from crm.kept order by id"))
                .containsExactly("1|***", "2|***", "3|***");
    }

    @Test
    void it_reaches_what_is_renamed_in_the_same_run() {
        incremental(", full_refresh=false");
        history("person_d");
        estate.published();
        estate.delete("crm/models/kept.sql").delete("crm/models/person_d.sql");
        incremental("still", ", full_refresh=false");
        history("human_d");
        source("{treat: mask}");
        estate.file("landing/people-2.csv", "id,mail\n3,eve@example.com\n");
        estate.published();

        assertThat(estate.sql("select id, left(mail, 3) from crm.still order by id"))
                .containsExactly("1|null", "2|null", "3|***");
        assertThat(estate.sql("select count(*) from crm.human_d where mail like '%@%'"))
                .containsExactly("0");
        assertThat(estate.sql("select id, is_current from crm.human_d order by id, valid_from"))
                .containsExactly("1|false", "1|true", "2|false", "2|true", "3|true");
    }

    private void history(String name) {
        estate.file(
                "crm/models/%s.sql".formatted(name),
                "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select id, mail from crm.people");
    }
}
