package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.ApiServer.Said;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestSinceTest extends InApi {
    private record Order(int id, String at, String what) {
        String json() {
            return "{\"id\": %d, \"at\": \"%s\", \"what\": \"%s\"}".formatted(id, at, what);
        }
    }

    private final List<Order> orders = new ArrayList<>();

    /// Those at or after `since`, as APIs do.
    private void serve() {
        api.at(
                "/orders",
                asked ->
                        Said.of(
                                orders.stream()
                                        .filter(order ->
                                                order.at().compareTo(asked.param("since")) >= 0)
                                        .map(Order::json)
                                        .toList()
                                        .toString()));
    }

    private SourceTable appended(Map<String, ?> since) {
        return source(Mode.APPEND, rest("/orders", "since", since), List.of());
    }

    private List<String> rows() {
        return yard.sql("select id, what from shop.orders order by id, what");
    }

    @Test
    void asks_for_what_changed_with_an_overlap_that_leaves_no_double() {
        serve();
        var source =
                merged(
                        rest(
                                "/orders",
                                "since",
                                Map.of(
                                        "param",
                                        "since",
                                        "column",
                                        "at",
                                        "overlap",
                                        "1 hour",
                                        "first",
                                        "2020-01-01")),
                        "id");
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        orders.add(new Order(2, "2026-11-20T12:00:00Z", "b"));
        yard.load(source);
        assertThat(api.last().param("since")).isEqualTo("2020-01-01");

        orders.add(new Order(3, "2026-11-20T11:30:00Z", "late"));
        orders.set(0, new Order(1, "2026-11-20T13:00:00Z", "changed"));
        yard.load(source);

        assertThat(api.last().param("since")).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(rows()).containsExactly("1|changed", "2|b", "3|late");
        yard.load(source);
        yard.load(source);
        assertThat(api.last().param("since")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(rows()).containsExactly("1|changed", "2|b", "3|late");
    }

    @Test
    void what_is_published_is_compared_with_all_there_is_now() {
        serve();
        var source =
                merged(
                        rest(
                                "/orders",
                                "since",
                                Map.of("param", "since", "column", "at", "first", "2020-01-01")),
                        "id");
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        orders.add(new Order(2, "2026-11-20T12:00:00Z", "b"));
        orders.add(new Order(3, "2026-11-20T13:00:00Z", "c"));
        yard.load(source);
        assertThat(yard.verify(source).isEqual()).isTrue();

        orders.remove(1);
        orders.set(0, new Order(1, "2026-11-20T10:00:00Z", "z"));

        assertThat(said(yard.verify(source))).isEqualTo("GONE 1 [id=2]\nCHANGED 1 [id=1] what 1");
        yard.load(source);
        assertThat(api.last().param("since")).isEqualTo("2026-11-20T13:00:00Z");
    }

    @Test
    void appends_only_what_is_later_than_all_before() {
        serve();
        var source = appended(Map.of("param", "since", "column", "at"));
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        yard.load(source);
        assertThat(api.last().query()).isEmpty();
        yard.load(source);
        assertThat(api.last().param("since")).isEqualTo("2026-11-20T10:00:00Z");
        orders.add(new Order(2, "2026-11-20T12:00:00Z", "b"));
        yard.load(source);

        assertThat(rows()).containsExactly("1|a", "2|b");
    }

    @Test
    void appends_what_came_later_with_the_same_time_and_nothing_twice() {
        serve();
        var source = appended(Map.of("param", "since", "column", "at"));
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        orders.add(new Order(2, "2026-11-20T10:00:00Z", "b"));
        yard.load(source);
        orders.add(new Order(3, "2026-11-20T10:00:00Z", "same instant"));
        yard.load(source);
        yard.load(source);
        orders.add(new Order(4, "2026-11-20T09:59:59Z", "too late"));
        orders.add(new Order(5, "2026-11-20T11:00:00Z", "later"));
        yard.load(source);
        yard.load(source);

        assertThat(api.last().param("since")).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(rows()).containsExactly("1|a", "2|b", "3|same instant", "5|later");
    }

    @Test
    void appends_what_came_late_within_the_overlap() {
        serve();
        var source = appended(Map.of("param", "since", "column", "at", "overlap", "1 hour"));
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        yard.load(source);
        orders.add(new Order(2, "2026-11-20T09:30:00Z", "late"));
        orders.add(new Order(3, "2026-11-20T08:30:00Z", "too late"));
        yard.load(source);
        orders.add(new Order(4, "2026-11-20T10:20:00Z", "next"));
        yard.load(source);
        yard.load(source);

        assertThat(rows()).containsExactly("1|a", "2|late", "4|next");
    }

    @Test
    void more_of_the_same_time_than_can_be_told_apart_fail_before_anything_is_lost() {
        serve();
        for (int i = 0; i <= 10_000; i++) {
            orders.add(new Order(i, "2026-11-20T10:00:00Z", "a"));
        }

        assertThatThrownBy(() -> yard.load(appended(Map.of("param", "since", "column", "at"))))
                .hasMessageContaining("more than 10,000 rows have the last value of since");
    }

    @Test
    void keeps_the_old_position_where_a_later_page_fails() {
        serve();
        var source =
                merged(
                        rest(
                                "/orders",
                                "since",
                                Map.of("param", "since", "column", "at"),
                                "retries",
                                0),
                        "id");
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        yard.load(source);
        orders.add(new Order(2, "2026-11-20T12:00:00Z", "b"));
        api.fault(Said.of(500, ""));
        assertThatThrownBy(() -> yard.load(source)).hasMessageContaining("it answers 500");

        yard.load(source);

        assertThat(api.last().param("since")).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(rows()).containsExactly("1|a", "2|b");
    }

    @Test
    void writes_instants_as_the_api_takes_them_wherever_they_stand() {
        orders.add(new Order(1, "2026-11-20 10:00:00", "a"));
        api.at("/orders", _ -> Said.of(orders.stream().map(Order::json).toList().toString()));
        Map<String, Object> settings =
                rest(
                        "/orders",
                        "params",
                        Map.of("q", "at > {since} and at <= {until}"),
                        "body",
                        Map.of("range", List.of(Map.of("from", "{since}")), "size", 5),
                        "pages",
                        Map.of("offset", "skip", "limit", 1, "limit_param", "size"),
                        "pages_max",
                        1,
                        "since",
                        Map.of(
                                "column",
                                "at",
                                "format",
                                "unix",
                                "first",
                                "2020-01-01",
                                "overlap",
                                "2 days"));
        api.at(
                "/orders",
                asked ->
                        Said.of(
                                asked.body().contains("\"skip\":0")
                                        ? orders.stream().map(Order::json).toList().toString()
                                        : "[]"));
        settings.put("pages_max", 5);
        yard.load(merged(settings, "id"));
        assertThat(api.last().param("q")).isEqualTo("at > 1577836800 and at <= 1795255200");
        assertThat(api.last().body())
                .contains("\"range\":[{\"from\":\"1577836800\"}]", "\"size\":1", "\"skip\":1");

        yard.load(merged(settings, "id"));
        assertThat(api.last().param("q")).startsWith("at > 1794996000 and");
    }

    @Test
    void does_nothing_where_nothing_came_and_says_where_the_column_is_not_there() {
        serve();
        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        var source =
                merged(rest("/orders", "since", Map.of("param", "since", "column", "at")), "id");
        yard.load(source);
        orders.clear();
        yard.load(source);
        assertThat(rows()).containsExactly("1|a");

        orders.add(new Order(1, "2026-11-20T10:00:00Z", "a"));
        assertThatThrownBy(() ->
                        yard.load(
                                merged(
                                        rest(
                                                "/orders",
                                                "since",
                                                Map.of("param", "since", "column", "no")),
                                        "id")))
                .hasMessage("Cannot load shop.orders: no row has the column of since");
    }

    @Test
    void says_that_columns_are_not_known_where_there_never_was_a_row() {
        serve();
        assertThatThrownBy(() -> yard.load(replaced(rest("/orders"))))
                .hasMessage(
                        "Cannot load shop.orders: the API has no rows, so that its columns are not known");
    }
}
