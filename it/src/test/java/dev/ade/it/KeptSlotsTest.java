package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.spi.Maintenance.Effect;
import dev.ade.testkit.Postgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots on a server outlive what was read by them, so whoever drops a dataset is told of them.
final class KeptSlotsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final TableName ORDERS = TableName.parse("shop.orders");
    private static final Pattern STATEMENT = Pattern.compile("select pg_drop_.*");

    @AutoClose private final Postgres postgres = Postgres.start("wal_level=logical");

    private Estate estate;

    @BeforeEach
    void follow(@TempDir Path folder) {
        // A password comes from the environment, which a test cannot set.
        postgres.sql(
                "create role follower superuser login password '%s'"
                        .formatted(System.getenv("HOME")));
        postgres.sql("create table orders (id int primary key)");
        estate =
                new Estate(folder)
                        .file(
                                "models/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: orders
                                        load: {cdc: "%s", user: follower, password: "${HOME}", table: public.orders}
                                """
                                        .formatted(postgres.url()));
        estate.published();
    }

    private Ade dev() {
        return Ade.open(new Ade.Options(estate.root(), DEV, Map.of()));
    }

    private String slots() {
        return postgres.sql("select count(*) from pg_replication_slots").strip();
    }

    private void runThere(Map<TableName, String> kept) {
        assertThat(kept).containsOnlyKeys(ORDERS);
        String words = kept.get(ORDERS);
        assertThat(words)
                .contains(":" + postgres.port() + "/")
                .doesNotContain(System.getenv("HOME"));
        postgres.sql(
                STATEMENT
                        .matcher(words)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void of_a_dropped_dataset() {
        estate.delete("models/sources.yml");
        try (Ade ade = estate.open()) {
            assertThat(ade.drop(Set.of(ORDERS), Effect.DRY_RUN).keptOutside())
                    .containsOnlyKeys(ORDERS);
            assertThat(slots()).isEqualTo("1");

            runThere(ade.drop(Set.of(ORDERS), Effect.DELETE).keptOutside());

            assertThat(slots()).isEqualTo("0");
        }
    }

    @Test
    void of_a_dropped_environment_but_not_of_the_one_that_it_came_from() {
        try (Ade ade = estate.open();
                Ade dev = dev()) {
            ade.environments().create(DEV, Optional.empty());
            assertThat(ade.environments().drop(DEV)).isEmpty();

            ade.environments().create(DEV, Optional.empty());
            postgres.sql("insert into orders values (1)");
            dev.run(Estate.request(), RunListener.NONE);
            assertThat(slots()).isEqualTo("2");

            runThere(ade.environments().drop(DEV));
        }

        assertThat(slots()).isEqualTo("1");
        postgres.sql("insert into orders values (2)");
        estate.published();
        assertThat(estate.sql("select count(*) from shop.orders")).containsExactly("2");
    }

    @Test
    void of_a_dataset_that_another_environment_still_reads() {
        try (Ade ade = estate.open()) {
            ade.environments().create(DEV, Optional.empty());
        }
        estate.delete("models/sources.yml");
        try (Ade ade = estate.open()) {
            assertThat(ade.drop(Set.of(ORDERS), Effect.DELETE).keptOutside()).isEmpty();
            assertThat(ade.environments().drop(DEV)).containsOnlyKeys(ORDERS);
        }
    }
}
