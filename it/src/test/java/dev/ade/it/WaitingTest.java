package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.TableName;
import dev.ade.run.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dashboards whose data did not come.
class WaitingTest {
    @TempDir private Path folder;

    private static List<Waiting> waiting(Estate estate) {
        try (Ade ade = estate.open()) {
            return ade.waiting();
        }
    }

    @Test
    void an_exposure_waits_until_what_it_is_made_from_is_published_again() {
        Estate estate =
                new Estate(folder)
                        .file("shop/models/a.sql", "select 1 as n")
                        .file("shop/models/b.sql", "select n from shop.a")
                        .file(
                                "shop/models/schema.yml",
                                """
                                models:
                                  - name: a
                                    columns: [{name: n, data_tests: [not_null]}]
                                exposures:
                                  - {name: board, label: Board pack, type: dashboard, owner: {name: Ada}, depends_on: ["ref('b')"]}
                                  - {name: other, type: dashboard, owner: {name: Ada}, depends_on: []}
                                """);
        estate.run();
        assertThat(waiting(estate)).isEmpty();

        estate.file("shop/models/a.sql", "select null::integer as n");
        estate.run();
        assertThat(waiting(estate))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.exposure().label()).isEqualTo("Board pack");
                    assertThat(one.datasets())
                            .isEqualTo(Map.of(TableName.parse("shop.a"), "withheld"));
                });

        estate.file("shop/models/a.sql", "select 2 as n");
        estate.run();
        assertThat(waiting(estate)).isEmpty();
    }
}
