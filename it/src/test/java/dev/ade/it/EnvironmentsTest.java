package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.app.AdeEnvironments.Comparison;
import dev.ade.app.AdeEnvironments.DiffRequest;
import dev.ade.app.AdeEnvironments.Obstacle;
import dev.ade.app.AdeEnvironments.Outcome;
import dev.ade.app.AdeEnvironments.Promotion;
import dev.ade.app.AdeEnvironments.Role;
import dev.ade.app.AdeEnvironments.Summary;
import dev.ade.app.AdeEnvironments.Task;
import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.environment.DatasetDiff;
import dev.ade.run.environment.Mover.Effect;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project with more than one environment.
class EnvironmentsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private Estate estate;

    @BeforeEach
    void run_in_prod(@TempDir Path folder) {
        estate = Shop.withData(folder);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.PUBLISHED);
    }

    private Ade in(EnvironmentName name) {
        return Ade.open(new Ade.Options(estate.root(), name, Map.of()));
    }

    private RunReport runInDev() {
        try (Ade dev = in(DEV)) {
            return dev.run(Estate.request(), RunListener.NONE);
        }
    }

    private Summary createDev() {
        try (Ade ade = estate.open()) {
            return ade.environments().create(DEV, Optional.empty());
        }
    }

    private List<String> sqlInDev(String select) {
        try (Ade dev = in(DEV)) {
            return Estate.sql(dev, select, new ReadPoint.Now());
        }
    }

    private List<Path> files() {
        return files(estate.root().resolve(".ade/lake"));
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changeReport() {
        estate.file(
                "shop/models/revenue_r.sql",
                """
                {{ config(materialized='table') }}
                select c.city, sum(r.revenue) as revenue, count(*) as days
                from shop.revenue_day_d r join shop.customer_d c
                  on c.customer_key = r.customer_key
                group by all
                """);
    }

    @Test
    void a_new_environment_reads_what_its_origin_reads_and_writes_nothing() {
        List<Path> before = files();

        Summary dev = createDev();

        assertThat(files()).isEqualTo(before);
        assertThat(dev.datasets()).isEqualTo(7);
        assertThat(dev.origin()).contains(EnvironmentName.PROD);
        assertThat(sqlInDev("select sum(revenue) from shop.revenue_r"))
                .isEqualTo(estate.sql("select sum(revenue) from shop.revenue_r"));
        assertThat(runInDev().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_change_builds_only_itself_and_what_lies_below_it_in_dev_only() {
        createDev();
        changeReport();

        RunReport report = runInDev();

        assertThat(report.published()).containsExactly(TableName.parse("shop.revenue_r"));
        assertThat(sqlInDev("select sum(days) > 0 from shop.revenue_r")).containsExactly("true");
        assertThatThrownBy(() -> estate.sql("select days from shop.revenue_r"))
                .isInstanceOf(AdeException.class);
        try (Ade dev = in(DEV);
                Ade prod = estate.open()) {
            assertThat(versions(dev))
                    .as("what did not change has the same versions")
                    .containsAllEntriesOf(without(versions(prod), "shop.revenue_r"));
            assertThat(dev.environments().list())
                    .extracting(Summary::name, Summary::role, Summary::changed, Summary::behind)
                    .containsExactly(
                            tuple(EnvironmentName.PROD, Role.DEFAULT, 0, 0),
                            tuple(DEV, Role.OTHER, 1, 0));
        }
    }

    private static Map<String, String> versions(Ade ade) {
        return ade.datasets(new ReadPoint.Now()).stream()
                .filter(state -> !state.name().namespace().equals("ade"))
                .collect(
                        Collectors.toMap(
                                state -> state.name().toString(),
                                EnvironmentsTest::versionAndPlace));
    }

    private static String versionAndPlace(DatasetState state) {
        return state.version() + " " + state.snapshotId();
    }

    private static Map<String, String> without(Map<String, String> all, String name) {
        Map<String, String> some = new HashMap<>(all);
        some.remove(name);
        return some;
    }

    @Test
    void only_what_asks_for_the_environment_differs_by_it() {
        estate.file(
                "shop/models/where_am_i.sql",
                "{{ config(materialized='table') }} select '{{ target.name }}' as env");
        estate.run();
        createDev();

        assertThat(runInDev().published()).containsExactly(TableName.parse("shop.where_am_i"));
        assertThat(sqlInDev("select env from shop.where_am_i")).containsExactly("dev");
    }

    @Test
    void an_environment_that_is_not_there_is_an_error_that_names_those_that_are() {
        createDev();
        try (Ade ade = in(new EnvironmentName("test"))) {
            for (Runnable use :
                    List.<Runnable>of(
                            () -> ade.run(Estate.request(), RunListener.NONE),
                            () -> ade.plan(Estate.request()),
                            () -> ade.runs(1),
                            () -> ade.datasets(new ReadPoint.Now()))) {
                assertThatThrownBy(use::run)
                        .isInstanceOfSatisfying(
                                AdeException.class,
                                e ->
                                        assertThat(e.nextStep())
                                                .isEqualTo("Make it with ade env create test"))
                        .hasMessage(
                                "Cannot use environment test: there is none of that name; there are dev, prod");
            }
        }
    }

    @Test
    void the_default_environment_is_named_in_ade_yml(@TempDir Path folder) {
        Estate other =
                new Estate(folder)
                        .file("ade.yml", "name: other\nenvironment: main\n")
                        .file("m/models/one.sql", "select 1 as one");
        Ade.Options options = new Ade.Options(other.root(), Optional.empty(), Map.of());
        try (Ade ade = Ade.open(options)) {
            assertThat(ade.environments().list()).extracting(Summary::datasets).containsExactly(0);
            ade.run(Estate.request(), RunListener.NONE);
            assertThat(ade.environment()).isEqualTo(new EnvironmentName("main"));
            assertThat(ade.environments().create(DEV, Optional.empty()).origin())
                    .contains(new EnvironmentName("main"));
            assertThatThrownBy(() -> ade.environments().drop(new EnvironmentName("main")))
                    .hasMessage("Cannot drop environment main: it is the default one");
        }
    }

    @Test
    void what_was_dropped_is_gone_and_prod_does_not_notice() {
        createDev();
        changeReport();
        runInDev();
        try (Ade ade = estate.open()) {
            ade.environments().drop(DEV);
            assertThat(ade.environments().list())
                    .extracting(Summary::name)
                    .containsExactly(EnvironmentName.PROD);
        }
        assertThatThrownBy(this::runInDev).hasMessageContaining("Cannot use environment dev");
        assertThat(estate.sql("select count(*) from shop.revenue_r")).containsExactly("2");
    }

    private static Task task() {
        return new Task(Effect.MOVE, "test");
    }

    private Outcome promote(Obstacle... despite) {
        try (Ade ade = estate.open()) {
            return ade.environments()
                    .promote(DEV, new Promotion(Optional.empty(), Set.of(despite), task()));
        }
    }

    private Outcome refresh() {
        try (Ade ade = estate.open()) {
            return ade.environments().refresh(DEV, task());
        }
    }

    private Outcome rollback(long run) {
        try (Ade ade = estate.open()) {
            return ade.environments().rollback(EnvironmentName.PROD, new RunId(run), task());
        }
    }

    private static List<String> moved(Outcome outcome) {
        return outcome.moved().transfer().moves().stream()
                .map(move -> move.dataset() + " " + move.what())
                .toList();
    }

    private void moreOrders() {
        estate.file("landing/orders-2.csv", Shop.orders(1_000, 3, 30));
    }

    @Test
    void promoting_moves_what_changed_and_prod_then_has_nothing_to_do() {
        createDev();
        changeReport();
        moreOrders();
        long devRun = runInDev().run().orElseThrow().number();
        List<String> wanted = sqlInDev("select * from shop.revenue_r order by all");

        Outcome outcome = promote();

        assertThat(moved(outcome))
                .containsExactly(
                        "shop.big_orders REPLACE",
                        "shop.order_f REPLACE",
                        "shop.orders REPLACE",
                        "shop.revenue_day_d REPLACE",
                        "shop.revenue_r REPLACE");
        assertThat(estate.sql("select * from shop.revenue_r order by all")).isEqualTo(wanted);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(runInDev().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(promote().moved().run()).as("there is nothing left to move").isEmpty();
        assertThat(
                        estate.sql(
                                "select count(*) > 0 from ade.steps where run_id = %d"
                                        .formatted(devRun)))
                .as("what dev's run says about itself came along")
                .containsExactly("true");
        try (Ade prod = estate.open()) {
            Lake.RunRecord last = prod.runs(1).getFirst();
            assertThat(Optional.of(last.run())).isEqualTo(outcome.moved().run());
            assertThat(last.message()).isEqualTo("5 datasets from dev");
            assertThat(last.command()).isEqualTo("test");
            assertThat(prod.profile(TableName.parse("shop.revenue_r"))).isPresent();
        }
    }

    @Test
    void promoting_computes_and_copies_no_data() {
        createDev();
        changeReport();
        runInDev();
        List<Path> before = data("shop");

        promote();

        assertThat(data("shop")).isEqualTo(before);
    }

    private List<Path> data(String namespace) {
        return files().stream()
                .filter(file -> file.toString().contains("/lake/" + namespace + "/"))
                .toList();
    }

    @Test
    void what_both_changed_is_a_conflict_until_dev_is_brought_up_to_date() {
        createDev();
        changeReport();
        runInDev();
        moreOrders();
        estate.file("shop/models/revenue_r.sql", Shop.REVENUE_R);
        estate.run();
        List<String> prod = estate.sql("select * from shop.revenue_r order by all");

        assertThatThrownBy(() -> promote())
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(AdeException.Kind.CONFLICT);
                            assertThat(e.nextStep())
                                    .startsWith(
                                            "Bring dev up to date, then promote again: ade env refresh dev && ade run -e dev");
                        })
                .hasMessage(
                        "Cannot promote dev to prod: since dev was made, prod has published what dev changed too: shop.revenue_r (run 3)");
        assertThat(estate.sql("select * from shop.revenue_r order by all")).isEqualTo(prod);

        changeReport();
        assertThat(moved(refresh()))
                .containsExactly(
                        "shop.big_orders REPLACE",
                        "shop.order_f REPLACE",
                        "shop.orders REPLACE",
                        "shop.revenue_day_d REPLACE");
        assertThat(refresh().moved().run()).isEmpty();
        assertThat(runInDev().published()).containsExactly(TableName.parse("shop.revenue_r"));
        assertThat(moved(promote())).containsExactly("shop.revenue_r REPLACE");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void what_dev_only_checked_again_is_no_conflict_and_stays_as_prod_has_it() {
        String notNull = "data_tests: [not_null]}";
        String known =
                notNull.replace(
                        "]",
                        ", {relationships: {to: ref('known'), field: order_id, severity: warn}}]");
        estate.file("shop/sources.yml", Shop.SOURCES.replace(notNull, known));
        String one = "{{ config(materialized='table') }} select 1 as order_id";
        estate.file("shop/models/known.sql", one);
        estate.run();
        createDev();
        estate.file("shop/models/known.sql", one.replace("1", "2"));
        assertThat(runInDev().published())
                .contains(TableName.parse("shop.known"), TableName.parse("shop.orders"));
        moreOrders();
        estate.file("shop/models/known.sql", one);
        estate.run();
        List<String> orders = estate.sql("select * from shop.orders order by all");

        assertThat(moved(promote())).containsExactly("shop.known REPLACE");

        assertThat(estate.sql("select * from shop.orders order by all")).isEqualTo(orders);
        assertThat(moved(refresh()))
                .containsExactly(
                        "shop.big_orders REPLACE",
                        "shop.order_f REPLACE",
                        "shop.orders REPLACE",
                        "shop.revenue_day_d REPLACE",
                        "shop.revenue_r REPLACE");
    }

    @Test
    void what_prod_published_is_replaced_where_that_is_asked_for() {
        createDev();
        changeReport();
        runInDev();
        estate.file("shop/models/revenue_r.sql", "select 1 as one");
        estate.run();

        promote(Obstacle.CONFLICT);

        assertThat(estate.sql("select sum(days) > 0 from shop.revenue_r")).containsExactly("true");
    }

    @Test
    void what_was_withheld_is_not_promoted_unless_told() {
        createDev();
        estate.file("shop/models/new_r.sql", "{{ config(materialized='table') }} select 1 as one");
        estate.file(
                "shop/models/broken_r.sql",
                "{{ config(materialized='table') }} select cast('x' as integer) as one");
        assertThat(runInDev().state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);

        assertThatThrownBy(() -> promote())
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.kind()).isEqualTo(AdeException.Kind.DATA))
                .hasMessage(
                        "Cannot promote dev to prod: its last run, 2, partly published (1 dataset published, 1 kept back)");
        assertThat(moved(promote(Obstacle.UNFINISHED))).containsExactly("shop.new_r ADD");
        assertThat(estate.sql("select one from shop.new_r")).containsExactly("1");
    }

    @Test
    void rolling_back_is_a_run_that_can_be_undone() {
        moreOrders();
        changeReport();
        estate.run();
        List<String> later = estate.sql("select * from shop.revenue_r order by all");

        assertThat(moved(rollback(1)))
                .containsExactly(
                        "shop.big_orders REPLACE",
                        "shop.order_f REPLACE",
                        "shop.orders REPLACE",
                        "shop.revenue_day_d REPLACE",
                        "shop.revenue_r REPLACE");
        assertThat(estate.sql("select count(*) from shop.orders")).containsExactly("40");
        assertThat(rollback(1).moved().run()).isEmpty();

        rollback(2);
        assertThat(estate.sql("select * from shop.revenue_r order by all")).isEqualTo(later);
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void what_was_loaded_is_rolled_back_with_the_data() {
        moreOrders();
        estate.run();
        rollback(1);

        RunReport again = estate.run();

        assertThat(again.published()).contains(TableName.parse("shop.orders"));
        assertThat(estate.sql("select count(*), count(distinct order_id) from shop.order_f"))
                .containsExactly("70|70");
    }

    private List<DatasetDiff> diff(double share) {
        try (Ade ade = estate.open()) {
            Comparison all =
                    ade.environments()
                            .diff(DEV, Optional.empty(), new DiffRequest(List.of(), share));
            assertThat(all.right()).isEqualTo(EnvironmentName.PROD);
            return all.datasets();
        }
    }

    private static DatasetDiff of(String dataset, List<DatasetDiff> all) {
        return all.stream()
                .filter(it -> it.dataset().toString().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    private static DatasetDiff.Rows rows(String dataset, List<DatasetDiff> all) {
        return of(dataset, all).rows().orElseThrow();
    }

    @Test
    void what_has_the_same_version_is_the_same_without_being_read() {
        createDev();

        assertThat(diff(1))
                .hasSize(7)
                .extracting(DatasetDiff::outcome)
                .containsOnly(DatasetDiff.Outcome.SAME_VERSION);
    }

    @Test
    void rows_are_compared_by_key_and_column_else_as_wholes() {
        createDev();
        estate.file(
                "landing/customers-02.csv",
                """
                customer_id,email,city
                2,bob@example.org,Bergen
                3,cy@example.org,Oslo
                """);
        changeReport();
        moreOrders();
        runInDev();

        List<DatasetDiff> diff = diff(1);

        assertThat(rows("shop.customers", diff))
                .satisfies(rows -> {
                    assertThat(rows.key()).containsExactly("customer_id");
                    assertThat(List.of(rows.added(), rows.lost(), rows.changed()))
                            .containsExactly(1L, 0L, 1L);
                    assertThat(rows.byColumn()).containsEntry("city", 1L);
                });
        assertThat(rows("shop.order_f", diff))
                .isEqualTo(new DatasetDiff.Rows(70, 40, 30, 0, 0, Map.of(), List.of()));
        assertThat(rows("shop.big_orders", diff).added()).as("rows of a view").isPositive();
        assertThat(rows("shop.revenue_day_d", diff).key()).containsExactly("customer_key", "day");
        assertThat(of("shop.revenue_r", diff))
                .satisfies(report -> {
                    assertThat(report.outcome()).isEqualTo(DatasetDiff.Outcome.DIFFERENT);
                    assertThat(report.columns())
                            .containsExactly(
                                    new DatasetDiff.ColumnDiff(
                                            "days",
                                            Optional.of(Type.Simple.BIGINT),
                                            Optional.empty()));
                });
        assertThat(rows("shop.order_f", diff(0.5)))
                .satisfies(rows -> {
                    assertThat(rows.added()).as("of a sample").isLessThan(30);
                    assertThat(rows.lost()).as("samples are of the same rows").isZero();
                });
    }

    @Test
    void other_versions_may_hold_the_same_rows() {
        createDev();
        estate.file("shop/models/revenue_r.sql", Shop.REVENUE_R + "\nhaving true");
        estate.file("shop/models/new_r.sql", "{{ config(materialized='table') }} select 1 as one");
        runInDev();

        List<DatasetDiff> diff = diff(1);

        assertThat(of("shop.revenue_r", diff).outcome()).isEqualTo(DatasetDiff.Outcome.SAME_DATA);
        assertThat(of("shop.new_r", diff).outcome()).isEqualTo(DatasetDiff.Outcome.ONLY_LEFT);
        assertThat(of("shop.orders", diff).outcome()).isEqualTo(DatasetDiff.Outcome.SAME_VERSION);
    }

    @Test
    void an_environment_of_an_environment_goes_back_to_where_it_came_from() {
        EnvironmentName fix = new EnvironmentName("fix-42");
        createDev();
        changeReport();
        try (Ade ade = in(DEV)) {
            ade.environments().create(fix, Optional.of(DEV));
        }
        try (Ade ade = in(fix)) {
            ade.run(Estate.request(), RunListener.NONE);
            Promotion promotion = new Promotion(Optional.empty(), Set.of(), task());

            Outcome outcome = ade.environments().promote(fix, promotion);

            assertThat(outcome.moved().transfer().into()).isEqualTo(DEV);
            assertThat(moved(outcome)).containsExactly("shop.revenue_r REPLACE");
        }
        assertThat(runInDev().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(moved(promote())).containsExactly("shop.revenue_r REPLACE");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }
}
