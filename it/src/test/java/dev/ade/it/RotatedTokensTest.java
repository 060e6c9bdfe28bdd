package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models that find their rows again by a token, which is another one after the keys were rotated.
class RotatedTokensTest {
    private final Estate estate;

    RotatedTokensTest(@TempDir Path folder) {
        this.estate =
                new Estate(folder)
                        .file(
                                "crm/sources.yml",
                                """
                                sources:
                                  - name: crm
                                    tables:
                                      - name: people
                                        load: {files: "landing/*.csv", mode: merge, key: mail}
                                        columns: [{name: mail, privacy: {treat: token, realm: people}}]
                                """)
                        .file(
                                "crm/models/kept.sql",
                                "{{ config(materialized='incremental', unique_key='who', incremental_strategy='merge') }}"
                                        + " select mail as who, points, day from crm.people"
                                        + "{% if is_incremental() %} where day > (select max(day) from {{ this }}){% endif %}")
                        .file(
                                "crm/snapshots/history.sql",
                                "{% snapshot history %}{{ config(unique_key='mail', strategy='timestamp', updated_at='day') }}"
                                        + " select mail, points, day from crm.people {% endsnapshot %}");
    }

    private void load(int day, String... rows) {
        StringBuilder text = new StringBuilder("mail,points,day\n");
        for (String row : rows) {
            text.append("%s,2026-01-0%d 00:00:00\n".formatted(row, day));
        }
        estate.file("landing/%d.csv".formatted(day), text.toString());
        estate.published();
    }

    private void rotate() {
        try (Ade ade = estate.open()) {
            ade.rotateKeys();
        }
    }

    @Test
    void rows_are_found_by_tokens_of_any_key() {
        load(1, "ann@example.org,1", "bob@example.org,2");
        rotate();
        load(2, "ann@example.org,3", "dee@example.org,4");
        rotate();
        load(3, "ann@example.org,5", "bob@example.org,6");

        assertThat(estate.sql("select left(who, 3), points from crm.kept order by points"))
                .containsExactly("t2.|4", "t3.|5", "t3.|6");
        assertThat(
                        estate.sql(
                                "select left(mail, 3), points from crm.history where dbt_valid_to is null order by points"))
                .containsExactly("t2.|4", "t3.|5", "t3.|6");
        assertThat(estate.sql("select count(*) from crm.history")).containsExactly("6");
    }
}
