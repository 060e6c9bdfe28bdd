package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// dbt's words that look at something and change no data.
class DbtLooksTest {
    private static DbtShop shop = new DbtShop(Path.of(""));

    @BeforeAll
    static void build(@TempDir Path folder) {
        shop = DbtShop.in(folder);
        shop.out("build");
    }

    private static List<String> lines(String... words) {
        return shop.out(words).lines().toList();
    }

    @Test
    void versions_of_a_model_are_selected_and_listed_as_dbt_does() {
        shop.file("models/marts/size_v1.sql", "select 1 as x");
        shop.file("models/marts/size_v2.sql", "select 2 as x");
        shop.file(
                "models/marts/size.yml",
                "models: [{name: size, latest_version: 1, versions: [{v: 1}, {v: 2}]}]\n");

        assertThat(shop.out("ls", "-s", "size"))
                .isEqualTo("shop.marts.size.v1\nshop.marts.size.v2\n");
        for (String one :
                List.of(
                        "size.v2",
                        "size_v2",
                        "marts.size.v2",
                        "shop.marts.size.v2",
                        "version:prerelease")) {
            assertThat(shop.out("ls", "-s", one)).as(one).isEqualTo("shop.marts.size.v2\n");
        }
        assertThat(shop.out("ls", "-s", "version:latest", "--output", "name"))
                .isEqualTo("size.v1\n");
    }

    @Test
    void ls_prints_what_selects_each_thing() {
        assertThat(lines("ls"))
                .containsExactly(
                        "shop.raw_orders",
                        "shop.staging.stg_orders",
                        "shop.totals",
                        "shop.orders_past.orders_past",
                        "shop.accepted_values_totals_status__open__paid",
                        "shop.no_loss",
                        "shop.not_null_stg_orders_order_id",
                        "shop.unique_stg_orders_order_id",
                        "shop.unique_totals_status",
                        "unit_test:shop.adds_up",
                        "exposure:shop.board");
        for (String selector : lines("ls")) {
            assertThat(lines("ls", "-s", selector, "--indirect-selection", "empty"))
                    .as(selector)
                    .contains(selector);
        }
    }

    @Test
    void ls_takes_types_and_forms() {
        assertThat(lines("list", "-s", "+totals", "--resource-type", "seed", "model"))
                .containsExactly("shop.raw_orders", "shop.staging.stg_orders", "shop.totals");
        assertThat(lines("ls", "-s", "tag:early", "--output", "path", "--resource-type", "model"))
                .containsExactly("models/staging/stg_orders.sql");
        assertThat(lines("ls", "--resource-type", "exposure", "--output", "name"))
                .containsExactly("board");
        assertThat(
                        lines(
                                "ls",
                                "-s",
                                "totals",
                                "--exclude-resource-type",
                                "test,unit_test",
                                "--output",
                                "json",
                                "--output-keys",
                                "name resource_type fqn"))
                .containsExactly(
                        """
                        {"name":"totals","resource_type":"model","fqn":["shop","totals"]}\
                        """);
        assertThat(lines("ls", "--resource-type", "analysis"))
                .containsExactly("shop.analysis.past.how_many");
        assertThat(lines("ls", "-s", "totals+", "--resource-type", "all", "--output", "name"))
                .containsExactly(
                        "totals",
                        "how_many",
                        "accepted_values_totals_status__open__paid",
                        "no_loss",
                        "unique_totals_status",
                        "adds_up",
                        "board");
        assertThat(lines("ls", "-s", "tag:late", "--resource-type", "analysis", "--output", "json"))
                .singleElement()
                .asString()
                .startsWith(
                        """
                        {"unique_id":"analysis.shop.how_many","name":"how_many","resource_type":"analysis",\
                        "package_name":"shop","original_file_path":"analyses/past/how_many.sql","alias":"how_many",\
                        "depends_on":{"macros":[],"nodes":["model.shop.totals"]},"tags":["late"],"config":{\
                        """);
        assertThat(lines("show", "-s", "how_many"))
                .anySatisfy(line -> assertThat(line).contains("2"));
        DbtShop.Said nothing = shop.says("ls", "-s", "state:new");
        assertThat(nothing).isEqualTo(new DbtShop.Said(0, "", "note: nothing is selected\n"));
    }

    @Test
    void ls_prints_the_keys_that_dbt_does() {
        List<String> lines = lines("ls", "--output", "json");

        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith(
                                        """
                                        {"unique_id":"model.shop.totals","name":"totals","resource_type":"model",\
                                        "package_name":"shop","original_file_path":"models/totals.sql",\
                                        "alias":"totals","depends_on":{"macros":[],"nodes":["model.shop.stg_orders"]},\
                                        "tags":[],"config":{\
                                        """)
                                .contains("\"materialized\":\"table\""))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("{\"unique_id\":\"test.shop.unique_totals_status."))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("{\"unique_id\":\"unit_test.shop.totals.adds_up\""))
                .anySatisfy(line ->
                        assertThat(line).startsWith("{\"unique_id\":\"exposure.shop.board\""));
        assertThat(lines).allSatisfy(line -> assertThat(line).contains("\"depends_on\":{"));
    }

    @Test
    void ls_parse_and_compile_write_the_manifest_where_it_is_not_there() throws IOException {
        Path manifest = shop.root().resolve("target/manifest.json");
        for (String word : List.of("ls", "parse", "compile")) {
            Files.delete(manifest);
            shop.out(word);
            assertThat(manifest).as(word).content().contains("model.shop.totals");
        }
    }

    @Test
    void parse_counts_what_there_is() {
        assertThat(shop.out("parse"))
                .isEqualTo(
                        "shop: 1 seed, 2 models, 1 snapshot, 1 analysis, 5 tests, 1 unit test, 1 exposure\n");
    }

    @Test
    void compile_writes_files_and_prints_a_single_model() {
        shop.out("compile");

        Path compiled = shop.root().resolve("target/compiled/shop");
        assertThat(compiled.resolve("models/totals.sql"))
                .content()
                .contains("from \"shop\".\"stg_orders\" group by all");
        assertThat(Files.exists(compiled.resolve("snapshots/orders_past.sql"))).isTrue();
        assertThat(Files.exists(compiled.resolve("tests/no_loss.sql"))).isTrue();
        DbtShop.Said one = shop.says("compile", "-s", "stg_orders");
        assertThat(one.out())
                .isEqualTo("select id as order_id, status, amount from \"shop\".\"raw_orders\"\n");
        assertThat(one.err()).startsWith("1 file written: ").endsWith("stg_orders.sql\n");
        assertThat(shop.out("compile", "--inline", "select {{ 1 + 1 }} from {{ ref('totals') }}"))
                .isEqualTo("select 2 from \"shop\".\"totals\"\n");
    }

    @Test
    void show_previews_what_is_not_published() {
        assertThat(shop.out("show", "-s", "totals", "--vars", "greeting: hi", "--limit", "1"))
                .contains("hi", "(1 row)");
        assertThat(shop.out("sql", "select distinct greeting from shop.totals", "--format", "csv"))
                .isEqualTo("greeting\nhello\n");
        assertThat(
                        shop.out(
                                "show",
                                "--inline",
                                "select sum(total) as t from {{ ref('totals') }}",
                                "--output",
                                "json"))
                .isEqualTo(
                        """
                        {"node": "inline_query", "show": [
                        {"t":60}
                        ]
                        }
                        """);
        assertThat(shop.out("show", "-s", "no_loss", "--output", "json"))
                .startsWith("{\"node\": \"no_loss\", \"show\": [");
        assertThat(shop.out("show", "-s", "no_loss")).contains("(0 rows)");
        assertThat(shop.out("show", "-s", "raw_orders", "--limit", "-1")).contains("(3 rows)");
    }

    @Test
    void show_says_what_it_cannot_show() {
        assertThat(shop.says("show").err()).startsWith("error: Cannot show: nothing is selected");
        assertThat(shop.says("show", "-s", "stg_orders totals").err())
                .startsWith(
                        "error: Cannot show 2 things at once: shop.staging.stg_orders, shop.totals");
        assertThat(shop.says("show", "-s", "board").err())
                .startsWith("error: Cannot show exposure:shop.board: it has no query of its own");
        assertThat(shop.says("show", "--inline", "from read_csv('/etc/passwd')").err())
                .contains("Only datasets can be read here");
    }

    @Test
    void run_operation_prints_what_a_macro_logs() {
        assertThat(shop.out("run-operation", "hello", "--args", "{name: Ann, times: 2}"))
                .isEqualTo("hello Ann\nhello Ann\nprinted\n");
        assertThat(shop.out("run-operation", "shop.how_many", "--args", "model: totals"))
                .isEqualTo("totals has 2 rows\n");
    }

    @Test
    void run_operation_changes_nothing() {
        assertThat(shop.says("run-operation", "wreck").err())
                .startsWith("error: Cannot run 'drop …' from a template");
        assertThat(shop.says("run-operation", "helo").err())
                .startsWith("error: Cannot call helo: no macro is called so");
        assertThat(shop.says("run-operation", "hello", "--args", "[1]").err())
                .startsWith("error: Cannot read --args: it is not a mapping in YAML");
    }

    @Test
    void debug_is_doctor() {
        assertThat(shop.out("debug")).contains("project      shop in ");
    }
}
