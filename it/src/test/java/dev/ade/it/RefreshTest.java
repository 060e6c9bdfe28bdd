package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.spi.Lake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What follows from a model that alone is made from scratch.
class RefreshTest {
    @Test
    void readers_of_a_model_that_is_made_from_scratch_are_made_again(@TempDir Path folder) {
        Estate estate =
                new Estate(folder)
                        .file("web/seeds/event.csv", "id,page\n1,home\n")
                        .file(
                                "web/models/pages.sql",
                                """
                                {{ config(materialized='incremental') }}
                                select id, page, 'x' as mark from {{ ref('event') }}
                                {% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}
                                """)
                        .file(
                                "web/models/marks.sql",
                                "{{ config(materialized='table') }} select mark, count(*) as n from {{ ref('pages') }} group by 1");
        estate.published();
        estate.file("web/seeds/event.csv", "id,page\n2,cart\n");
        estate.published();
        assertThat(estate.sql("select n from web.marks")).containsExactly("2");

        refresh(estate, "pages");
        assertThat(estate.sql("select id from web.pages")).containsExactly("2");

        assertThat(estate.published().results())
                .extracting(result -> result.step().dataset().name())
                .containsExactly("marks");
        assertThat(estate.sql("select n from web.marks")).containsExactly("1");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        estate.file("web/seeds/event.csv", "id,page\n3,shop\n");
        estate.published();
        assertThat(estate.sql("select n from web.marks")).containsExactly("2");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private static void refresh(Estate estate, String model) {
        RunRequest all = RunRequest.everything("ade run --full-refresh");
        try (Ade ade = estate.open()) {
            ade.run(
                    new RunRequest(
                            List.of(model),
                            List.of(),
                            RunRequest.Refresh.FULL,
                            all.restate(),
                            all.command()),
                    RunListener.NONE);
        }
    }
}
