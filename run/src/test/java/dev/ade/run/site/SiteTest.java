package dev.ade.run.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteTest {
    private static final String ORDERS = "model.shop.orders";
    private static final String RAW = "source.shop.raw.orders";

    private static final Map<String, Object> MODEL =
            Map.of(
                    "resource_type",
                    "model",
                    "name",
                    "orders",
                    "schema",
                    "shop",
                    "alias",
                    "orders",
                    "fqn",
                    List.of("shop", "marts", "orders"),
                    "description",
                    "</script><script>alert(1)</script>",
                    "columns",
                    Map.of("ID", Map.of("name", "ID", "description", "the key")));

    private static final Map<String, Object> TEST =
            Map.of(
                    "resource_type",
                    "test",
                    "name",
                    "accepted_values_orders_id__1__2",
                    "column_name",
                    "id",
                    "attached_node",
                    ORDERS,
                    "test_metadata",
                    Map.of(
                            "name",
                            "accepted_values",
                            "kwargs",
                            Map.of("values", List.of("1", "2"), "column_name", "id")));

    private static final Map<String, Object> MANIFEST =
            Map.of(
                    "metadata",
                    Map.of("project_name", "shop"),
                    "nodes",
                    Map.of(ORDERS, MODEL, "test.shop.values.1", TEST),
                    "sources",
                    Map.of(RAW, Map.of("resource_type", "source", "name", "orders")),
                    "parent_map",
                    Map.of(ORDERS, List.of(RAW, "test.shop.values.1")));

    private static final Map<String, Object> CATALOG =
            Map.of(
                    "nodes",
                    Map.of(
                            ORDERS,
                            Map.of(
                                    "columns",
                                    Map.of("id", Map.of("type", "BIGINT")),
                                    "stats",
                                    Map.of("row_count", Map.of("include", true, "value", 3L)))));

    private static Map<String, @Nullable Object> data() {
        return new SiteData(MANIFEST, CATALOG, ColumnFacts.NONE).of("prod");
    }

    private static Tree orders() {
        return new Tree(data())
                .at("nodes").items().stream()
                        .filter(node -> node.at("id").text().equals(ORDERS))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void columns_have_what_is_published_and_what_is_written_of_them() {
        assertThat(orders().at("columns").items())
                .extracting(
                        it -> it.at("name").text(),
                        it -> it.at("type").text(),
                        it -> it.at("about").text())
                .containsExactly(tuple("id", "BIGINT", "the key"));
    }

    @Test
    void tests_belong_to_their_dataset_and_are_not_in_the_lineage() {
        assertThat(orders().at("tests").items())
                .extracting(it -> it.at("brief").text())
                .containsExactly("accepted_values (1, 2)");
        assertThat(orders().at("up").texts()).containsExactly(RAW);
        assertThat(orders().at("folders").texts()).containsExactly("shop", "marts");
        assertThat(orders().at("facts").at("row_count").value()).isEqualTo(3L);
    }

    @Test
    void what_the_project_says_cannot_end_the_element_that_holds_it() {
        String html = Site.html(data());

        assertThat(html).doesNotContain("<script>alert").contains("\\u003cscript\\u003ealert(1)");
        assertThat(html.split("</script>", -1)).hasSize(3);
    }

    @Test
    void only_its_own_script_and_style_may_run() throws Exception {
        String html = Site.html(data());

        assertThat(html).doesNotContain(" onclick", " style=", "src=\"", "@import", "url(");
        assertThat(html).contains("content=\"" + Site.policy() + "\"");
        assertThat(Site.policy()).startsWith("default-src 'none'; ");
        for (String element : List.of("script", "style")) {
            Pattern own =
                    Pattern.compile("<%s>(.*)</%s>".formatted(element, element), Pattern.DOTALL);
            Matcher found = own.matcher(html);
            assertThat(found.find()).isTrue();
            byte[] text = found.group(1).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            assertThat(Site.policy())
                    .contains(
                            "%s-src 'sha256-%s'"
                                    .formatted(element, Base64.getEncoder().encodeToString(hash)));
        }
    }
}
