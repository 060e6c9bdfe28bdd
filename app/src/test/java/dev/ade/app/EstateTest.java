package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Key;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Datasets of another project as sources.
class EstateTest {
    private final Path folder;
    private final Lab crm;
    private final Lab shop;

    EstateTest(@TempDir Path folder) {
        this.folder = folder;
        this.crm = new Lab(folder.resolve("crm"), "2126-01-01T00:00:00Z");
        this.shop = new Lab(folder.resolve("shop"), "2126-01-01T00:00:00Z");
        crm.file(
                "crm/sources.yml",
                """
                sources:
                  - name: crm
                    tables:
                      - name: customers
                        load: {files: "landing/*.csv"}
                        columns: [{name: email, privacy: {class: email, treat: pseudonym}}]
                """);
        crm.file("crm/models/big.sql", "select id, city from crm.customers where id > 1");
        crm.file(
                "landing/1.csv", "id,email,city\n1,ann@example.org,Lima\n2,bob@example.org,Oslo\n");
        load("{ade: ../crm}", "{ade: ../crm, table: crm.big}");
    }

    private void load(String customers, String big) {
        shop.file(
                "shop/sources.yml",
                """
                sources:
                  - name: crm
                    tables: [{name: customers, load: %s}, {name: large, load: %s}]
                """
                        .formatted(customers, big));
    }

    @Test
    void what_another_project_published_is_loaded_once_a_version() {
        crm.run();
        shop.run();

        assertThat(shop.sql("select id, city, _source from crm.customers order by id"))
                .containsExactly(
                        "1|Lima|crm.customers of crm, prod at 2126-01-01T00:00:01Z",
                        "2|Oslo|crm.customers of crm, prod at 2126-01-01T00:00:01Z");
        assertThat(shop.sql("select email from crm.customers order by id"))
                .isEqualTo(crm.sql("select email from crm.customers order by id"));
        assertThat(shop.sql("select * exclude (_batch_id, _loaded_at, _source) from crm.large"))
                .containsExactly("2|Oslo");
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        crm.file("landing/2.csv", "id,email,city\n3,eve@example.org,Rome\n");
        crm.run();
        assertThat(shop.run().published()).hasSize(2);
        assertThat(shop.sql("select count(*) from crm.customers")).containsExactly("3");
    }

    @Test
    void a_plan_says_how_the_columns_of_the_other_project_differ() {
        crm.run();
        shop.run();
        crm.file("crm/models/big.sql", "select id, city as town from crm.customers where id > 1");
        crm.run();

        List<String> warnings =
                shop.with(ade -> ade.review(RunRequest.everything("test")).plan().warnings());

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(
                        "crm.large: column 'city' is not in the source, and 'town' (varchar) is new: perhaps one under another name");
    }

    @Test
    void what_was_loaded_is_compared_with_what_is_published_there_now() {
        crm.run();
        shop.run();
        assertThat(verify()).allSatisfy(verdict -> assertThat(verdict.isEqual()).isTrue());

        crm.file(
                "landing/1.csv", "id,email,city\n1,ann@example.org,Rome\n2,bob@example.org,Oslo\n");
        crm.run();

        assertThat(verify())
                .filteredOn(verdict -> !verdict.isEqual())
                .singleElement()
                .satisfies(verdict -> {
                    assertThat(verdict.table()).hasToString("crm.customers");
                    assertThat(verdict.notes())
                            .anySatisfy(note ->
                                    assertThat(note)
                                            .startsWith("the next load finds something: run "));
                });
    }

    private List<Verified> verify() {
        List<Verified> found = new ArrayList<>();
        shop.with(ade -> {
            ade.verify(
                    RunRequest.everything("test"),
                    Loader.Depth.ROWS,
                    verdict -> found.add(verdict.found().orElseThrow()));
            return found;
        });
        return found;
    }

    @Test
    void reads_the_environment_that_is_named() {
        crm.run();
        crm.with(ade -> ade.environments().create(new EnvironmentName("dev"), Optional.empty()));
        crm.file("landing/2.csv", "id,email,city\n3,eve@example.org,Rome\n");
        crm.run();
        load("{ade: ../crm, environment: dev}", "{ade: ../crm, table: crm.big, environment: prod}");

        shop.run();

        assertThat(shop.sql("select count(*) from crm.customers")).containsExactly("2");
        assertThat(shop.sql("select count(*) from crm.large")).containsExactly("2");
    }

    @Test
    void who_is_forgotten_there_is_gone_here_also_of_views() {
        crm.file("crm/models/big.sql", "select id, email from crm.all_of_them");
        crm.file("crm/models/all_of_them.sql", "select * from crm.customers");
        crm.run();
        shop.run();

        crm.with(ade ->
                ade.forget(
                        new ForgetRequest(
                                TableName.of("crm", "customers"),
                                List.of(Key.parse("email=ann@example.org")),
                                List.of(),
                                EnvironmentName.PROD,
                                ForgetRequest.Effect.FORGET,
                                "ade forget")));
        shop.run();

        assertThat(shop.sql("select id from crm.customers")).containsExactly("2");
        assertThat(shop.sql("select id from crm.large")).containsExactly("2");
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    private String failure(String dataset) {
        return shop.run().results().stream()
                .filter(result -> result.step().dataset().toString().equals(dataset))
                .map(StepResult::message)
                .collect(Collectors.joining());
    }

    @Test
    void says_what_is_not_there_and_makes_nothing() {
        assertThat(failure("crm.customers"))
                .contains("Cannot read from the project", "it has never run there");
        assertThat(folder.resolve("crm/.ade")).doesNotExist();
        crm.run();
        load("{ade: ../crm, table: crm.none}", "{ade: ../crm, table: crm.big}");
        assertThat(failure("crm.customers"))
                .contains("has published no crm.none in environment prod");
        assertThat(shop.sql("select city from crm.large")).containsExactly("Oslo");
        load("{ade: ../crm, environment: nowhere}", "{ade: ../crm, table: crm.big}");
        assertThat(failure("crm.customers")).contains("nowhere");
        load("{ade: ., table: crm.customers}", "{ade: ../crm, table: crm.big}");
        assertThatThrownBy(shop::run).hasMessageContaining("it is a dataset of this project");
        load("{ade: ../crm, mode: append}", "{ade: ../crm, table: crm.big}");
        assertThatThrownBy(shop::run)
                .hasMessageContaining("another project's dataset cannot be appended to");
    }
}
