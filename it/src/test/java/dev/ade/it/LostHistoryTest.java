package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan and a run say before a history forgets something.
class LostHistoryTest {
    private static final String WAY_OUT = "; give the model another name to keep what there is";
    private static final String SCD2 =
            "{{ config(materialized='dimension', natural_key='id', history='scd2') }} ";

    private Estate estate;

    @BeforeEach
    void run_twice(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("dbt_project.yml", "name: estate\n")
                        .file("seeds/people.csv", "id,nr,city,tier\n1,7,Lima,a\n2,8,Cusco,b\n")
                        .file("models/seen.sql", "select * from {{ ref('people') }}")
                        .file("models/person_d.sql", SCD2 + "select * from {{ ref('seen') }}")
                        .file(
                                "snapshots/states.sql",
                                """
                                {% snapshot states %}
                                {{ config(unique_key='id', strategy='check', check_cols='all') }}
                                select id, city from {{ ref('seen') }}
                                {% endsnapshot %}
                                """);
        estate.published();
        estate.file("seeds/people.csv", "id,nr,city,tier\n1,7,Lima,a\n2,8,Cusco,c\n");
        assertThat(estate.published().plan().warnings()).isEmpty();
    }

    /// What a plan says, and a run after it says the same.
    private List<String> warnings() {
        List<String> planned;
        try (Ade ade = estate.open()) {
            planned = ade.review(Estate.request()).plan().warnings();
        }
        assertThat(estate.published().plan().warnings()).isEqualTo(planned);
        return planned;
    }

    @Test
    void a_dimension_that_keeps_no_history_any_more() {
        estate.file(
                "models/person_d.sql",
                "{{ config(materialized='dimension', natural_key='id') }} select * from {{ ref('seen') }}");

        assertThat(warnings())
                .containsExactly(
                        "history of estate.person_d goes, as it is a dimension without history by now"
                                + WAY_OUT);
        assertThat(estate.sql("select id from estate.person_d order by id"))
                .containsExactly("1", "2");
    }

    @Test
    void a_snapshot_that_is_a_dimension_by_now() {
        estate.delete("snapshots/states.sql")
                .file("models/states.sql", SCD2 + "select id, city from {{ ref('seen') }}");

        assertThat(warnings())
                .containsExactly("history of estate.states goes, as it was a snapshot" + WAY_OUT);
    }

    @Test
    void another_key() {
        estate.file(
                "models/person_d.sql",
                SCD2.replace("'id'", "'code'")
                        + "select nr as code, id, city, tier from {{ ref('seen') }}");

        assertThat(warnings())
                .containsExactly(
                        "history of estate.person_d goes, as its natural_key 'code' is not in it"
                                + WAY_OUT);
    }

    @Test
    void a_column_that_the_query_or_what_it_reads_does_not_give_any_more() {
        estate.file("models/person_d.sql", SCD2 + "select id, nr, city from {{ ref('seen') }}");
        assertThat(warnings())
                .containsExactly(
                        "history of estate.person_d forgets tier, which its query does not give any more"
                                + WAY_OUT);

        estate.file("models/person_d.sql", SCD2 + "select * from {{ ref('seen') }}");
        assertThat(warnings()).isEmpty();

        estate.file("models/seen.sql", "select id, city from {{ ref('people') }}");
        assertThat(warnings())
                .containsExactly(
                        "history of estate.person_d forgets nr, tier, which its query does not give any more"
                                + WAY_OUT);
    }
}
