package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Promotion;
import dev.ade.app.AdeEnvironments.Task;
import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.PlanReview;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.compare.DatasetChange;
import dev.ade.run.compare.DatasetChange.Sort;
import dev.ade.run.environment.Mover.Effect;
import dev.ade.spi.DatasetState;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model whose file is called otherwise keeps its data.
class RenameTest {
    private static final String REVENUE_DAY_D =
            """
            {{ config(materialized='day', event_time='day', entity='customer_key') }}
            select customer_key, cast(ordered_at as date) as day, sum(amount) as revenue
            from {{ ref('sale_f') }} group by all
            """;

    @TempDir private Path folder;

    private Estate estate;

    RenameTest() {
        this.estate = new Estate(Path.of("target/rename-test"));
    }

    @BeforeEach
    void run_once() {
        estate = Shop.withData(folder);
        estate.published();
    }

    /// `order_f` becomes `sale_f`, for all that read it.
    private void rename() {
        estate.delete("shop/models/order_f.sql")
                .file("shop/models/sale_f.sql", Shop.ORDER_F)
                .file("shop/models/revenue_day_d.sql", REVENUE_DAY_D)
                .file("shop/models/big_orders.sql", "select * from shop.sale_f where amount > 6");
    }

    private PlanReview review() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request());
        }
    }

    private DatasetState state(String dataset) {
        try (Ade ade = estate.open()) {
            return ade.datasets(new Ade.ReadPoint.Now()).stream()
                    .filter(state -> state.name().toString().equals(dataset))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_plan_says_so_and_builds_none_of_it_again() {
        rename();

        PlanReview review = review();

        DatasetChange change =
                review.comparison().changes().stream()
                        .filter(it -> it.dataset().toString().equals("shop.sale_f"))
                        .findFirst()
                        .orElseThrow();
        assertThat(change.sort()).isEqualTo(Sort.RENAMED);
        assertThat(change.former()).contains(TableName.parse("shop.order_f"));
        assertThat(review.comparison().of(Sort.REMOVED)).isEmpty();
        assertThat(review.plan().steps())
                .filteredOn(step -> step.dataset().toString().equals("shop.sale_f"))
                .singleElement()
                .isInstanceOf(Step.Check.class)
                .extracting(Step::reason)
                .isEqualTo("it was called shop.order_f");
        assertThat(review.plan().steps())
                .extracting(step -> step.dataset().toString())
                .as("what reads it stays as it is, views too")
                .containsExactly("shop.sale_f");
    }

    @Test
    void a_run_moves_it_with_all_its_rows() {
        DatasetState before = state("shop.order_f");
        rename();

        estate.published();

        DatasetState after = state("shop.sale_f");
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.snapshotId()).isEqualTo(before.snapshotId());
        assertThat(estate.sql("select count(*) from shop.sale_f")).containsExactly("40");
        assertThat(estate.sql("select count(*) > 0 from shop.big_orders")).containsExactly("true");
        try (Ade ade = estate.open()) {
            assertThat(ade.datasets(new Ade.ReadPoint.Now()))
                    .extracting(state -> state.name().toString())
                    .doesNotContain("shop.order_f");
        }
        assertThat(review().hasChanges()).isFalse();
        assertThat(estate.run().run()).as("nothing to do").isEmpty();
    }

    @Test
    void what_comes_later_goes_on_from_there() {
        rename();
        estate.published();
        estate.file("landing/orders-2.csv", Shop.orders(100, 5, 3));

        RunReport report = estate.published();

        assertThat(report.results())
                .filteredOn(it -> it.step().dataset().toString().equals("shop.sale_f"))
                .singleElement()
                .satisfies(it -> assertThat(it.rowsWritten()).isEqualTo(3));
        assertThat(estate.sql("select count(*) from shop.sale_f")).containsExactly("43");
        assertThat(
                        estate.sql(
                                "select sum(revenue) = (select sum(amount) from shop.sale_f) from shop.revenue_day_d"))
                .containsExactly("true");
    }

    @Test
    void a_renamed_model_whose_checks_fail_stays_what_it_was() {
        rename();
        estate.file("tests/none.sql", "select * from shop.sale_f");

        assertThat(estate.run().exitStatus()).isEqualTo(1);

        assertThat(estate.sql("select count(*) from shop.order_f")).containsExactly("40");
    }

    @Test
    void what_is_withheld_of_it_leaves_it_and_its_readers_whole() {
        rename();
        estate.file("landing/orders-2.csv", Shop.orders(100, 5, 3))
                .file("shop/models/big_orders.sql", "select *, 1 as one from shop.sale_f")
                .file("tests/few.sql", "select 1 from shop.sale_f having count(*) > 40");

        assertThat(estate.run().exitStatus()).isEqualTo(1);

        assertThat(estate.sql("select count(*) from shop.orders")).containsExactly("43");
        assertThat(estate.sql("select count(*) from shop.sale_f")).containsExactly("40");
        assertThat(estate.sql("select min(amount) > 6 from shop.big_orders"))
                .as("the view of before, over the new name")
                .containsExactly("true");
    }

    @Test
    void an_environment_is_promoted_with_the_new_name() {
        rename();
        EnvironmentName dev = new EnvironmentName("dev");
        try (Ade ade = estate.open()) {
            ade.environments().create(dev, Optional.empty());
        }
        try (Ade ade = Ade.open(new Ade.Options(estate.root(), dev, Map.of()))) {
            assertThat(ade.run(Estate.request(), RunListener.NONE).exitStatus()).isZero();
            ade.environments()
                    .promote(
                            dev,
                            new Promotion(
                                    Optional.empty(), Set.of(), new Task(Effect.MOVE, "promote")));
        }

        assertThat(estate.sql("select count(*) from shop.sale_f")).containsExactly("40");
        assertThat(estate.run().run()).as("nothing to do").isEmpty();
    }

    @Test
    void what_is_new_and_says_something_else_is_no_rename() {
        estate.delete("shop/models/big_orders.sql")
                .file(
                        "shop/models/small_orders.sql",
                        "select * from shop.order_f where amount < 6");

        PlanReview review = review();

        assertThat(review.comparison().of(Sort.RENAMED)).isEmpty();
        assertThat(review.comparison().of(Sort.ADDED)).hasSize(1);
        assertThat(review.comparison().of(Sort.REMOVED)).hasSize(1);
    }

    @Test
    void a_history_goes_on_though_its_surrogate_is_called_otherwise(@TempDir Path other) {
        String query =
                "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select id, city from shop.people";
        Estate history =
                new Estate(other)
                        .file(
                                "shop/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: people
                                        load: {files: "landing/people.csv", mode: replace}
                                        columns: [{name: city, privacy: keep}]
                                """)
                        .file("landing/people.csv", "id,city\n1,Bern\n2,Rome\n")
                        .file("shop/models/person_d.sql", query);
        history.published();
        history.file("landing/people.csv", "id,city\n1,Basel\n2,Rome\n");
        history.published();

        history.delete("shop/models/person_d.sql").file("shop/models/client_d.sql", query);
        history.file("landing/people.csv", "id,city\n1,Basel\n2,Milan\n");
        history.published();

        assertThat(
                        history.sql(
                                "select id, city, is_current, client_key is not null from shop.client_d order by id, valid_from"))
                .containsExactly(
                        "1|Bern|false|true",
                        "1|Basel|true|true",
                        "2|Rome|false|true",
                        "2|Milan|true|true");
        assertThat(history.sql("select count(distinct client_key) from shop.client_d"))
                .containsExactly("2");
    }

    @Test
    void a_table_that_has_a_column_of_a_history_becomes_one(@TempDir Path other) {
        Estate history =
                new Estate(other)
                        .file(
                                "shop/models/person_d.sql",
                                "{{ config(materialized='table') }} select 1 as id, timestamp '2026-01-01' as valid_from");
        history.published();

        history.file(
                "shop/models/person_d.sql",
                "{{ config(materialized='dimension', natural_key='id', history='scd2') }} select 1 as id");
        history.published();

        assertThat(history.sql("select id, is_current from shop.person_d"))
                .containsExactly("1|true");
    }
}
