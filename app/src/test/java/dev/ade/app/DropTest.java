package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Datasets that the project no longer has leave an environment.
class DropTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private Lab lab;
    private Path root;

    @BeforeEach
    void publish(@TempDir Path folder) {
        root = folder;
        lab = new Lab(folder, "2126-06-15T12:00:00Z");
        lab.file(
                "shop/sources.yml",
                "sources: [{name: shop, tables: [{name: orders, load: {files: 'landing/*.csv'}}]}]\n");
        lab.file("landing/1.csv", "id\n1\n2\n");
        lab.file("shop/models/seen.sql", "select id from shop.orders");
        lab.file("shop/models/kept.sql", "{{ config(materialized='table') }} select 1 as id");
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, Optional.empty()));
    }

    private void forgetInProject(String... files) {
        for (String file : files) {
            assertThat(root.resolve(file).toFile().delete()).isTrue();
        }
    }

    private List<String> drop(Effect effect, String... names) {
        Set<TableName> all = Stream.of(names).map(TableName::parse).collect(Collectors.toSet());
        return lab.with(ade -> ade.drop(all, effect)).datasets().stream()
                .map(DatasetState::name)
                .map(TableName::toString)
                .toList();
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(".ade/lake/shop"))) {
            return all.filter(it -> it.toString().contains("/orders-"))
                    .filter(Files::isRegularFile)
                    .count();
        }
    }

    @Test
    void what_the_project_no_longer_has_goes_at_once_from_one_environment() throws IOException {
        forgetInProject("shop/sources.yml", "shop/models/seen.sql");

        assertThat(drop(Effect.DRY_RUN, "shop.orders", "shop.seen"))
                .containsExactly("shop.orders", "shop.seen");
        assertThat(lab.sql(PROD, "select count(*) from shop.seen")).containsExactly("2");

        drop(Effect.DELETE, "shop.orders", "shop.seen");

        assertThatThrownBy(() -> lab.sql(PROD, "select count(*) from shop.orders"))
                .hasMessageContaining("shop.orders");
        assertThat(lab.sql(PROD, "select id from shop.kept")).containsExactly("1");
        assertThat(lab.sql(DEV, "select count(*) from shop.seen")).containsExactly("2");
        assertThat(lab.with(ade -> ade.plan(RunRequest.everything("test"))).warnings()).isEmpty();
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void its_files_go_when_no_environment_and_nothing_of_before_has_it() throws IOException {
        forgetInProject("shop/sources.yml", "shop/models/seen.sql");
        drop(Effect.DELETE, "shop.orders", "shop.seen");
        lab.clock.advance(Duration.ofDays(30));
        lab.with(ade -> ade.maintain(Effect.DELETE));
        assertThat(files()).as("dev has it").isPositive();

        lab.with(ade -> {
            ade.environments().drop(DEV);
            return ade;
        });
        lab.clock.advance(Duration.ofDays(30));
        lab.with(ade -> ade.maintain(Effect.DELETE));

        assertThat(files()).isZero();
    }

    @Test
    void nothing_goes_that_the_project_has_or_that_something_reads() {
        assertThatThrownBy(() -> drop(Effect.DELETE, "shop.orders"))
                .hasMessage("Cannot drop shop.orders: the project has it (shop/sources.yml:1:33)");
        assertThatThrownBy(() -> drop(Effect.DELETE, "shop.nothing"))
                .hasMessage("Cannot drop shop.nothing: it is not in environment prod");
        assertThatThrownBy(() -> drop(Effect.DELETE, "ade.runs"))
                .hasMessage("Cannot drop ade.runs: it is ADE's own");
        forgetInProject("shop/sources.yml", "shop/models/seen.sql");
        assertThatThrownBy(() -> drop(Effect.DELETE, "shop.orders"))
                .hasMessage("Cannot drop shop.orders: shop.seen read it");
        assertThat(lab.sql(PROD, "select count(*) from shop.seen")).containsExactly("2");
    }
}
