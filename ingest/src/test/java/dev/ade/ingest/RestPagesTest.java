package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.ApiServer.Said;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestPagesTest extends InApi {
    /// Orders `from` up to `until`, without it.
    private static String orders(int from, int until) {
        return IntStream.range(from, Math.max(from, until))
                .mapToObj("{\"id\": %d, \"sum\": 12345678901234567.25}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<String> ids() {
        return yard.sql("select string_agg(id, ',' order by id) from shop.orders");
    }

    @Test
    void reads_a_list_and_keeps_every_digit() {
        api.at("/orders", _ -> Said.of("{\"data\": {\"orders\": " + orders(1, 3) + "}}"));

        ColumnSpec sum =
                new ColumnSpec(
                        "sum",
                        Optional.of(Type.parse("decimal(20, 2)")),
                        ColumnSpec.Nullability.NULLABLE,
                        Optional.empty(),
                        "");
        var loaded = yard.load(replaced(rest("/orders", "rows", "data.orders"), sum));

        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(ids()).containsExactly("1,2");
        assertThat(yard.sql("select distinct sum from shop.orders"))
                .containsExactly("12345678901234567.25");
        assertThat(api.last().header("Accept")).isEqualTo("application/json");
    }

    @Test
    void follows_the_link_header() {
        api.at(
                "/orders",
                asked ->
                        asked.param("p").isEmpty()
                                ? Said.of(orders(1, 3))
                                        .with(
                                                "Link",
                                                "<%s/orders?p=2>; rel=\"next\", </orders?p=9>; rel=\"last\""
                                                        .formatted(api.url()))
                                : Said.of(orders(3, 4)).with("Link", "</orders>; rel=\"prev\""));

        yard.load(replaced(rest("/orders", "pages", "link")));

        assertThat(ids()).containsExactly("1,2,3");
        assertThat(api.asked()).containsExactly("GET /orders", "GET /orders {p=2}");
    }

    @Test
    void counts_pages_until_one_is_empty_or_short() {
        api.at(
                "/orders",
                asked -> {
                    int page = Integer.parseInt(asked.param("page"));
                    return Said.of(orders(page * 2 - 1, Math.min(page * 2 + 1, 6)));
                });
        yard.load(replaced(rest("/orders", "pages", Map.of("page", "page"))));
        assertThat(ids()).containsExactly("1,2,3,4,5");
        assertThat(api.asked()).hasSize(4);

        api.forget();
        yard.load(replaced(rest("/orders", "pages", Map.of("page", "page", "size", 2))));
        assertThat(ids()).containsExactly("1,2,3,4,5");
        assertThat(api.asked()).hasSize(3);
    }

    @Test
    void moves_an_offset_by_what_came_not_by_what_was_asked_for() {
        api.at(
                "/orders",
                asked -> {
                    int offset = Integer.parseInt(asked.param("offset"));
                    return Said.of(orders(offset + 1, Math.min(offset + 3, 6)));
                });

        yard.load(replaced(rest("/orders", "pages", Map.of("offset", "offset", "limit", 100))));

        assertThat(ids()).containsExactly("1,2,3,4,5");
        assertThat(api.asked()).contains("GET /orders {limit=100, offset=2}").hasSize(4);
    }

    @Test
    void hands_on_cursors_of_the_body_and_of_the_last_item() {
        api.at(
                "/orders",
                asked -> {
                    int after =
                            asked.param("after").isEmpty()
                                    ? 0
                                    : Integer.parseInt(asked.param("after"));
                    return Said.of(
                            "{\"data\": %s, \"more\": %s, \"paging\": {\"next\": %s}}"
                                    .formatted(
                                            orders(after + 1, after + 3),
                                            after < 4,
                                            after < 4 ? String.valueOf(after + 2) : "null"));
                });

        yard.load(
                replaced(
                        rest(
                                "/orders",
                                "rows",
                                "data",
                                "pages",
                                Map.of("cursor", "after", "at", "paging.next"))));
        assertThat(ids()).containsExactly("1,2,3,4,5,6");

        api.forget();
        yard.load(
                replaced(
                        rest(
                                "/orders",
                                "rows",
                                "data",
                                "pages",
                                Map.of("cursor", "after", "at", "data[-1].id", "more", "more"))));
        assertThat(ids()).containsExactly("1,2,3,4,5,6");
        assertThat(api.asked()).hasSize(3);
    }

    @Test
    void follows_urls_of_the_body_and_unpacks_gzip() {
        api.at(
                "/orders",
                asked -> {
                    String body =
                            asked.param("at").isEmpty()
                                    ? "{\"rows\": %s, \"next\": \"/orders?at=2\"}"
                                            .formatted(orders(1, 3))
                                    : "{\"rows\": %s, \"next\": null}".formatted(orders(3, 4));
                    return new Said(200, Map.of("Content-Encoding", "gzip"), Yard.gzip(body));
                });

        yard.load(replaced(rest("/orders", "rows", "rows", "pages", Map.of("url", "next"))));

        assertThat(ids()).containsExactly("1,2,3");
        assertThat(api.last().header("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void refuses_a_page_that_it_had_a_host_that_is_not_named_and_pages_without_end() {
        api.at("/round", _ -> Said.of("{\"rows\": " + orders(1, 3) + ", \"next\": \"/round\"}"))
                .at(
                        "/away",
                        _ ->
                                Said.of(
                                        "{\"rows\": "
                                                + orders(1, 3)
                                                + ", \"next\": \"https://other.example/x\"}"))
                .at("/many", asked -> Said.of(orders(1, 3)));
        Map<String, Object> byUrl = Map.of("rows", "rows", "pages", Map.of("url", "next"));

        assertThatThrownBy(() -> yard.load(replaced(with(byUrl, "rest", api.url() + "/round"))))
                .hasMessage(
                        "Cannot read shop.orders from GET %1$s/round: its next page is one that was read already, %1$s/round"
                                .formatted(api.url()));
        assertThatThrownBy(() -> yard.load(replaced(with(byUrl, "rest", api.url() + "/away"))))
                .hasMessageContaining("its next page is at another host, other.example");
        assertThatThrownBy(() ->
                        yard.load(
                                replaced(
                                        rest(
                                                "/many",
                                                "pages",
                                                Map.of("page", "p"),
                                                "pages_max",
                                                3))))
                .hasMessageContaining("it has more than 3 pages");
        assertThat(api.asked()).hasSize(5);
    }

    @Test
    void limits_a_page_packed_or_not() {
        api.at("/plain", _ -> Said.of(orders(1, 100)))
                .at(
                        "/packed",
                        _ ->
                                new Said(
                                        200,
                                        Map.of("Content-Encoding", "gzip"),
                                        Yard.gzip(orders(1, 100))));

        for (String path : List.of("/plain", "/packed")) {
            assertThatThrownBy(() -> yard.load(replaced(rest(path, "page_max", "1 KB"))))
                    .hasMessage(
                            "Cannot read shop.orders from GET %s%s: it is larger than 1,024 bytes"
                                    .formatted(api.url(), path));
        }
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void says_which_lists_there_are_where_the_one_that_is_meant_is_not() {
        api.at("/orders", _ -> Said.of("{\"data\": {\"orders\": [], \"notes\": []}, \"ok\": true}"))
                .at("/text", _ -> Said.of("[1, 2"));

        assertThatThrownBy(() -> yard.load(replaced(rest("/orders"))))
                .hasMessage(
                        "Cannot read shop.orders from GET %s/orders: its body is no list"
                                .formatted(api.url()))
                .extracting("nextStep")
                .isEqualTo("Write rows: with one of data.orders, data.notes");
        assertThatThrownBy(() -> yard.load(replaced(rest("/orders", "rows", "data.order"))))
                .hasMessageContaining("its body has no list data.order");
        assertThatThrownBy(() -> yard.load(replaced(rest("/text"))))
                .hasMessageContaining("its answer is no JSON (line 1, column 6)");
    }

    @Test
    void takes_lines_and_picks_values() {
        api.at(
                "/export",
                _ -> Said.of("{\"e\": \"a\", \"p\": {\"$t\": 1}}\n{\"e\": \"b\", \"p\": {}}\n"));

        yard.load(
                replaced(
                        rest(
                                "/export",
                                "rows",
                                "lines",
                                "pick",
                                Map.of("id", "p.$t", "what", "e"))));

        assertThat(yard.sql("select what, id from shop.orders order by what"))
                .containsExactly("a|1", "b|null");
    }

    @Test
    void makes_rows_of_lists_in_lists_and_asks_once_for_both_tables() {
        api.at(
                "/orders",
                asked ->
                        Said.of(
                                "1".equals(asked.param("page"))
                                        ? """
                                        [{"lines": [{"sku": "a", "n": 1}, {"sku": "b", "n": 2}], "id": 7}, {"id": 8, "lines": null}]\
                                        """
                                        : "[]"));
        Map<String, Object> pages =
                rest("/orders", "pages", Map.of("page", "page"), "cache", "run");
        yard.load(replaced(pages));
        assertThat(yard.sql("select id from shop.orders order by id")).containsExactly("7", "8");
        assertThat(api.asked()).hasSize(2);

        yard.load(replaced(with(pages, "rows", "[].lines", "with", Map.of("order_id", "id"))));

        assertThat(yard.sql("select order_id, sku, n from shop.orders order by sku"))
                .containsExactly("7|a|1", "7|b|2");
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void keeps_answers_for_development_where_only_this_user_reads_them() throws Exception {
        api.at("/orders", _ -> Said.of(orders(1, 3)));
        yard.load(replaced(rest("/orders", "cache", "dev")));
        yard.connect(connector());
        yard.load(replaced(rest("/orders", "cache", "dev", "rate", "5 per second")));

        assertThat(api.asked()).hasSize(1);
        assertThat(java.nio.file.Files.getPosixFilePermissions(kept).toString())
                .doesNotContain("GROUP", "OTHERS");
    }
}
