package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.lineage.UnusedColumns;
import dev.ade.run.lineage.Walk;
import dev.ade.spi.Lineage.OutputColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns followed through a project.
class LineageTest {
    private static final TableName ORDERS = TableName.parse("shop.orders");
    private static final TableName REVENUE = TableName.parse("shop.revenue_r");

    @TempDir private Path folder;

    private static <T> T with(Estate estate, Function<ProjectLineage, T> question) {
        try (Ade ade = estate.open()) {
            return question.apply(ade.lineage());
        }
    }

    private static List<String> edges(ColumnGraph graph) {
        return graph.edges().stream()
                .map(edge -> "%s %s %s".formatted(edge.from(), edge.role(), edge.to()))
                .toList();
    }

    @Test
    void a_column_is_followed_to_the_sources_before_anything_has_run() {
        ColumnGraph graph =
                with(
                        Shop.in(folder),
                        lineage -> new Walk(lineage, Direction.UP, 100).from(REVENUE, "REVENUE"));

        assertThat(edges(graph))
                .containsExactly(
                        "shop.revenue_day_d.revenue AGGREGATE shop.revenue_r.revenue",
                        "shop.order_f.amount AGGREGATE shop.revenue_day_d.revenue",
                        "shop.orders.amount COPY shop.order_f.amount");
        assertThat(graph.notes())
                .contains(
                        "shop.orders is not loaded yet: only the columns that its declaration names are known");
    }

    @Test
    void a_column_is_followed_to_everything_made_from_it() {
        Estate estate = Shop.withData(folder);
        estate.run();
        ColumnGraph graph =
                with(
                        estate,
                        lineage -> new Walk(lineage, Direction.DOWN, 100).from(ORDERS, "amount"));

        assertThat(edges(graph))
                .containsExactly(
                        "shop.orders.amount COPY shop.order_f.amount",
                        "shop.order_f.amount COPY shop.big_orders.amount",
                        "shop.order_f.amount AGGREGATE shop.revenue_day_d.revenue",
                        "shop.revenue_day_d.revenue AGGREGATE shop.revenue_r.revenue");
        assertThat(graph.steers().stream().map(it -> it.from() + " " + it.role() + " " + it.to()))
                .containsExactly("shop.order_f.amount FILTER shop.big_orders");
        assertThat(graph.notes()).isEmpty();
    }

    @Test
    void a_walk_ends_at_its_depth_and_says_that_there_is_more() {
        ColumnGraph graph =
                with(
                        Shop.in(folder),
                        lineage -> new Walk(lineage, Direction.UP, 1).from(REVENUE, "revenue"));

        ColumnId last = new ColumnId(TableName.parse("shop.revenue_day_d"), "revenue");
        assertThat(graph.nodes()).hasSize(2).containsKey(last);
        assertThat(graph.nodes().values().stream().filter(ColumnGraph.Node::isCut)).hasSize(1);
    }

    @Test
    void a_dimension_has_the_columns_that_its_kind_adds() {
        DatasetLineage customers =
                with(Shop.in(folder), lineage -> lineage.of(TableName.parse("shop.customer_d")));

        assertThat(customers.schema().names())
                .containsExactly("customer_key", "customer_id", "email", "city");
        assertThat(
                        customers
                                .lineage()
                                .orElseThrow()
                                .find("customer_key")
                                .map(OutputColumn::expression))
                .contains("surrogate_key(customer_id)");
    }

    @Test
    void a_model_that_cannot_be_bound_is_known_by_datasets() {
        Estate estate = Shop.in(folder).file("shop/models/odd.sql", "select gone from shop.orders");
        DatasetLineage odd = with(estate, lineage -> lineage.of(TableName.parse("shop.odd")));

        assertThat(odd.lineage().orElseThrow().isExact()).isFalse();
        assertThat(odd.lineage().orElseThrow().datasets()).containsExactly(ORDERS);
        assertThat(odd.notes())
                .singleElement()
                .asString()
                .startsWith("shop.odd: columns are not known, only datasets: ")
                .contains("Referenced column \"gone\" not found");
    }

    @Test
    void a_column_that_is_not_there_is_refused_with_those_that_are() {
        assertThatThrownBy(() ->
                        with(
                                Shop.in(folder),
                                lineage -> new Walk(lineage, Direction.UP, 9).from(REVENUE, "x")))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.nextStep()).isEqualTo("It has: city, revenue"))
                .hasMessage("Cannot follow shop.revenue_r.x: there is no such column");
    }

    @Test
    void columns_that_no_other_dataset_reads_are_found() {
        List<ColumnId> unused =
                with(Shop.in(folder), lineage -> UnusedColumns.of(lineage, lineage.datasets()));

        assertThat(unused.stream().map(ColumnId::toString))
                .containsExactly("shop.customer_d.email");
    }
}
