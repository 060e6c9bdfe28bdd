package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ade.app.Ade;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tools that read dbt's files find in a project's `target/`.
class DbtArtifactsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMERS = "model.shop.customers";
    private static final String ACCEPTED =
            "test.shop.accepted_values_orders_status__placed__shipped.7de09bf3cd";
    private static final String UNIQUE = "test.shop.unique_customers_customer_id.c5af1ff4b1";

    private Estate estate;

    @BeforeEach
    void write_project(@TempDir Path folder) {
        estate =
                new Estate(folder)
                        .file("ade.yml", "engine: {memory: 512MB, threads: 2}\n")
                        .file(
                                "dbt_project.yml",
                                """
                                name: shop
                                on-run-start: select 1
                                models:
                                  shop:
                                    marts: {+materialized: table, +tags: [mart]}
                                """)
                        .file("seeds/raw_customers.csv", "id,color\n1,red\n2,blue\n")
                        .file(
                                "seeds/raw_orders.csv",
                                "id,customer,status,amount\n1,1,placed,10\n2,2,shipped,20\n3,2,lost,30\n")
                        .file(
                                "models/stg_orders.sql",
                                """
                                {{ config(materialized='ephemeral') }}
                                select id as order_id, customer as customer_id, status, {{ cents('amount') }} as amount
                                from {{ ref('raw_orders') }}
                                """)
                        .file(
                                "models/marts/customers.sql",
                                """
                                select c.id as customer_id, c.color, sum(o.amount) as total
                                from {{ ref('raw_customers') }} c join {{ ref('stg_orders') }} o on o.customer_id = c.id
                                group by all
                                """)
                        .file("models/marts/orders.sql", "select * from {{ ref('stg_orders') }}")
                        .file(
                                "models/marts/states.sql",
                                "select status, count(*) as n from {{ ref('orders') }} group by 1")
                        .file(
                                "macros/money.sql",
                                "{% macro cents(column) %}({{ column }} * 100){% endmacro %}\n")
                        .file("models/words.md", "{% docs key %}\nWho *buys*.\n{% enddocs %}\n")
                        .file(
                                "tests/nobody_owes.sql",
                                "select * from {{ ref('customers') }} where total < 0")
                        .file("models/all.yml", PROPERTIES);
    }

    private static final String PROPERTIES =
            """
            groups:
              - {name: sales, owner: {name: Sales}}
            models:
              - name: customers
                description: One row a customer.
                config: {group: sales, meta: {tier: 1}}
                columns:
                  - name: customer_id
                    description: '{{ doc("key") }}'
                    data_tests: [unique, not_null]
              - name: orders
                columns:
                  - name: status
                    data_tests:
                      - accepted_values: {values: [placed, shipped]}
                  - name: customer_id
                    data_tests:
                      - relationships: {to: ref('customers'), field: customer_id}
              - name: states
                columns:
                  - {name: status, data_tests: [not_null]}
            exposures:
              - name: board
                type: dashboard
                owner: {name: Sales}
                depends_on: [ref('customers')]
            unit_tests:
              - name: counts
                model: states
                given:
                  - input: ref('orders')
                    rows: [{status: placed}, {status: placed}]
                expect: {rows: [{status: placed, n: 2}]}
            """;

    private JsonNode read(String file) throws IOException {
        return JSON.readTree(estate.root().resolve("target").resolve(file).toFile());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private Map<String, JsonNode> results() throws IOException {
        Map<String, JsonNode> results = new HashMap<>();
        for (JsonNode one : read("run_results.json").path("results")) {
            assertThat(results.put(one.path("unique_id").asText(), one)).isNull();
        }
        return results;
    }

    private JsonNode result(String id) throws IOException {
        return Objects.requireNonNull(results().get(id), id);
    }

    @Test
    void the_manifest_tells_the_project() throws IOException {
        estate.run();

        JsonNode manifest = read("manifest.json");
        JsonNode metadata = manifest.path("metadata");
        assertThat(metadata.path("dbt_schema_version").asText())
                .isEqualTo("https://schemas.getdbt.com/dbt/manifest/v12.json");
        assertThat(metadata.path("project_name").asText()).isEqualTo("shop");
        assertThat(names(manifest.path("nodes")))
                .containsExactlyInAnyOrder(
                        "seed.shop.raw_customers",
                        "seed.shop.raw_orders",
                        "model.shop.stg_orders",
                        CUSTOMERS,
                        "model.shop.orders",
                        "model.shop.states",
                        UNIQUE,
                        "test.shop.not_null_customers_customer_id.5c9bf9911d",
                        ACCEPTED,
                        "test.shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2",
                        "test.shop.not_null_states_status.29432497b8",
                        "test.shop.nobody_owes",
                        "operation.shop.shop-on-run-start-0");
        assertThat(names(manifest.path("unit_tests")))
                .containsExactly("unit_test.shop.states.counts");
        assertThat(names(manifest.path("macros"))).containsExactly("macro.shop.cents");
        assertThat(manifest.at("/docs/doc.shop.key/block_contents").asText())
                .isEqualTo("Who *buys*.");
        assertThat(names(manifest.path("groups"))).containsExactly("group.shop.sales");
        assertThat(texts(manifest.at("/group_map/sales"))).contains(CUSTOMERS, UNIQUE);
        assertThat(texts(manifest.path("parent_map").path(CUSTOMERS)))
                .containsExactly("model.shop.stg_orders", "seed.shop.raw_customers");
        assertThat(texts(manifest.path("child_map").path(CUSTOMERS)))
                .containsExactly(
                        "exposure.shop.board",
                        "test.shop.nobody_owes",
                        "test.shop.not_null_customers_customer_id.5c9bf9911d",
                        "test.shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2",
                        UNIQUE);
    }

    @Test
    void analyses_are_compiled_and_never_run() throws IOException {
        estate.file(
                        "analyses/sales/who_pays.sql",
                        """
                        {{ config(tags=['asked']) }}
                        select color, {{ cents('total') }} as cents, no_such_function(1) from {{ ref('customers') }}
                        """)
                .run();

        JsonNode node = read("manifest.json").at("/nodes/analysis.shop.who_pays");
        assertThat(node.path("original_file_path").asText())
                .isEqualTo("analyses/sales/who_pays.sql");
        assertThat(texts(node.path("fqn")))
                .containsExactly("shop", "analysis", "sales", "who_pays");
        assertThat(texts(node.at("/depends_on/nodes"))).containsExactly(CUSTOMERS);
        assertThat(texts(node.path("tags"))).containsExactly("asked");
        assertThat(
                        Files.readString(
                                estate.root()
                                        .resolve(
                                                "target/compiled/shop/analyses/sales/who_pays.sql")))
                .contains("(total * 100) as cents", "customers")
                .doesNotContain("{{");
        assertThat(results()).doesNotContainKey("analysis.shop.who_pays");
    }

    @Test
    void nothing_is_in_the_manifest_that_the_schema_does_not_allow() throws IOException {
        estate.file("landing/payments.csv", "id,paid_at\n1,2026-01-01 10:00:00\n")
                .file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: bank
                            load: {files: landing/payments.csv}
                            tables: [{name: payments, description: What was paid.}]
                        """)
                .file(
                        "snapshots/paid.sql",
                        """
                        {% snapshot paid %}
                        {{ config(unique_key='id', strategy='check', check_cols='all') }}
                        select * from {{ source('bank', 'payments') }}
                        {% endsnapshot %}
                        """)
                .file(
                        "models/stg_paid.sql",
                        "{{ config(materialized='ephemeral') }} select * from {{ source('bank', 'payments') }}")
                .file("models/paid_twice.sql", "select * from {{ ref('stg_paid') }}")
                .file("models/order_v1.sql", "select 1 as id")
                .file("models/order_v2.sql", "select 2 as id")
                .file(
                        "models/order.yml",
                        """
                        models:
                          - name: order
                            config: {contract: {enforced: true}}
                            columns:
                              - {name: id, data_type: integer, constraints: [{type: primary_key}], data_tests: [unique]}
                            versions: [{v: 1}, {v: 2}]
                        """)
                .file("selectors.yml", "selectors: [{name: marts, definition: 'tag:mart'}]\n");
        estate.run();

        JsonNode manifest = read("manifest.json");
        DbtSchema.check(manifest);
        JsonNode snapshot = manifest.path("nodes").path("snapshot.shop.paid");
        assertThat(texts(snapshot.path("fqn"))).containsExactly("shop", "paid", "paid");
        assertThat(snapshot.path("raw_code").asText()).startsWith("{{ config(").endsWith("}}");
        assertThat(texts(snapshot.at("/depends_on/nodes")))
                .containsExactly("source.shop.bank.payments");
        assertThat(snapshot.path("sources").path(0)).hasSize(2);
        assertThat(texts(manifest.at("/parent_map/model.shop.paid_twice")))
                .containsExactly("model.shop.stg_paid");
        assertThat(texts(manifest.at("/parent_map/model.shop.stg_paid")))
                .containsExactly("source.shop.bank.payments");
        JsonNode second = manifest.path("nodes").path("model.shop.order.v2");
        assertThat(second.path("version").asInt()).isEqualTo(2);
        assertThat(second.path("latest_version").asInt()).isEqualTo(2);
        assertThat(second.at("/contract/enforced").asBoolean()).isTrue();
        assertThat(texts(second.path("primary_key"))).containsExactly("id");
        assertThat(names(manifest.path("nodes")))
                .anyMatch(id -> id.startsWith("test.shop.unique_order_v2_id."));
        assertThat(manifest.at("/selectors/marts/definition").asText()).isEqualTo("tag:mart");

        // What earlier readings found out gives the same.
        Files.delete(estate.root().resolve("target/manifest.json"));
        estate.run();
        assertThat(read("manifest.json").path("parent_map")).isEqualTo(manifest.path("parent_map"));
    }

    @Test
    void a_model_is_described_as_dbt_does() throws IOException {
        estate.run();

        JsonNode model = read("manifest.json").path("nodes").path(CUSTOMERS);
        assertThat(model.path("original_file_path").asText())
                .isEqualTo("models/marts/customers.sql");
        assertThat(model.path("path").asText()).isEqualTo("marts/customers.sql");
        assertThat(texts(model.path("fqn"))).containsExactly("shop", "marts", "customers");
        assertThat(model.path("patch_path").asText()).isEqualTo("shop://models/all.yml");
        assertThat(model.path("relation_name").asText()).isEqualTo("\"shop\".\"customers\"");
        assertThat(texts(model.path("tags"))).containsExactly("mart");
        assertThat(model.at("/meta/tier").asInt()).isOne();
        assertThat(model.at("/config/materialized").asText()).isEqualTo("table");
        assertThat(model.at("/columns/customer_id/description").asText()).isEqualTo("Who *buys*.");
        assertThat(texts(model.path("primary_key"))).containsExactly("customer_id");
        assertThat(model.path("access").asText()).isEqualTo("protected");
        assertThat(model.path("raw_code").asText()).contains("{{ ref('stg_orders') }}");
        assertThat(model.path("compiled_code").asText())
                .contains("\"shop\".\"raw_orders\"")
                .contains("(amount * 100)");
        Path compiled = estate.root().resolve(model.path("compiled_path").asText());
        assertThat(compiled).hasContent(model.path("compiled_code").asText());
        assertThat(
                        texts(
                                read("manifest.json")
                                        .path("nodes")
                                        .path("model.shop.stg_orders")
                                        .at("/depends_on/macros")))
                .containsExactly("macro.shop.cents");
    }

    @Test
    void results_tell_what_failed_and_what_was_skipped_for_it() throws IOException {
        RunReport report = estate.run();
        assertThat(report.state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);

        Map<String, JsonNode> results = results();
        Map<String, String> statuses = new HashMap<>();
        results.forEach((id, result) -> statuses.put(id, result.path("status").asText()));
        assertThat(statuses)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("seed.shop.raw_customers", "success"),
                                Map.entry("seed.shop.raw_orders", "success"),
                                Map.entry(CUSTOMERS, "success"),
                                Map.entry("model.shop.orders", "success"),
                                Map.entry("model.shop.states", "skipped"),
                                Map.entry(UNIQUE, "pass"),
                                Map.entry(
                                        "test.shop.not_null_customers_customer_id.5c9bf9911d",
                                        "pass"),
                                Map.entry(ACCEPTED, "fail"),
                                Map.entry(
                                        "test.shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2",
                                        "skipped"),
                                Map.entry("test.shop.nobody_owes", "pass"),
                                Map.entry("test.shop.not_null_states_status.29432497b8", "skipped"),
                                Map.entry("unit_test.shop.states.counts", "skipped")));
        JsonNode failed = result(ACCEPTED);
        assertThat(failed.path("failures").asInt()).isOne();
        assertThat(failed.path("message").asText())
                .isEqualTo("1 row has a value of status that is not accepted");
        JsonNode made = result(CUSTOMERS);
        assertThat(made.at("/adapter_response/rows_affected").asInt()).isEqualTo(2);
        assertThat(made.at("/timing/1/name").asText()).isEqualTo("execute");
        assertThat(read("run_results.json").at("/args/which").asText()).isEqualTo("build");
    }

    @Test
    void a_run_with_nothing_to_do_leaves_the_manifest_alone() throws IOException {
        estate.file(
                "seeds/raw_orders.csv",
                "id,customer,status,amount\n1,1,placed,10\n2,2,shipped,20\n");
        estate.run();
        Path manifest = estate.root().resolve("target/manifest.json");
        Object written = Files.readAttributes(manifest, "unix:ino").get("ino");

        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        assertThat(Files.readAttributes(manifest, "unix:ino").get("ino")).isEqualTo(written);
        assertThat(result(CUSTOMERS).path("message").asText()).startsWith("nothing to do");

        estate.file("models/all.yml", PROPERTIES.replace("One row a customer.", "Customers."));
        estate.run();
        assertThat(read("manifest.json").path("nodes").path(CUSTOMERS).path("description").asText())
                .isEqualTo("Customers.");

        Files.writeString(manifest, "{}");
        estate.run();
        assertThat(read("manifest.json").path("nodes").has(CUSTOMERS)).isTrue();
    }

    @Test
    void the_catalog_tells_what_is_stored() throws IOException {
        estate.run();

        JsonNode catalog = read("catalog.json");
        assertThat(catalog.at("/metadata/dbt_schema_version").asText())
                .isEqualTo("https://schemas.getdbt.com/dbt/catalog/v1.json");
        JsonNode customers = catalog.path("nodes").path(CUSTOMERS);
        assertThat(customers.at("/metadata/type").asText()).isEqualTo("BASE TABLE");
        assertThat(customers.at("/columns/customer_id/type").asText()).isEqualTo("bigint");
        assertThat(customers.at("/columns/customer_id/index").asInt()).isOne();
        assertThat(customers.at("/columns/customer_id/comment").asText()).isEqualTo("Who *buys*.");
        assertThat(customers.at("/stats/row_count/value").asInt()).isEqualTo(2);
        assertThat(catalog.path("nodes").has("model.shop.states")).isFalse();
    }

    @Test
    void checks_of_what_is_published_have_results_too() throws IOException {
        estate.run();
        try (Ade ade = estate.open()) {
            ade.check(Estate.request("customers"), RunListener.NONE);
        }

        assertThat(results().keySet())
                .containsExactlyInAnyOrder(
                        UNIQUE,
                        "test.shop.not_null_customers_customer_id.5c9bf9911d",
                        "test.shop.nobody_owes",
                        "test.shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2");
        assertThat(read("run_results.json").at("/args/which").asText()).isEqualTo("test");
    }

    @Test
    void an_error_tells_no_value_of_the_data() throws IOException {
        estate.file(
                        "models/marts/states.sql",
                        "select status::integer as n from {{ ref('raw_orders') }}")
                .file("models/all.yml", "groups: []\n");
        estate.run();

        JsonNode failed = result("model.shop.states");
        assertThat(failed.path("status").asText()).isEqualTo("error");
        assertThat(failed.path("message").asText())
                .contains("Could not convert")
                .doesNotContain("placed");
    }

    @Test
    void ages_of_sources_are_written_too() throws IOException {
        estate.file("landing/payments.csv", "id,paid_at\n1,2026-01-01 10:00:00\n")
                .file(
                        "models/sources.yml",
                        """
                        sources:
                          - name: bank
                            load: {files: landing/payments.csv}
                            tables:
                              - name: payments
                                loaded_at_field: paid_at
                                freshness: {warn_after: {count: 1, period: hour}}
                                columns:
                                  - {name: id, data_tests: [not_null]}
                        """);
        estate.run();
        try (Ade ade = estate.open()) {
            ade.freshness(Estate.request());
        }

        JsonNode source = read("sources.json").path("results").path(0);
        assertThat(source.path("unique_id").asText()).isEqualTo("source.shop.bank.payments");
        assertThat(source.path("status").asText()).isEqualTo("warn");
        assertThat(source.at("/criteria/warn_after/count").asInt()).isOne();
        assertThat(source.at("/criteria/warn_after/period").asText()).isEqualTo("hour");
        assertThat(source.path("max_loaded_at").asText()).startsWith("2026-01-01T10:00:00");
        JsonNode manifest = read("manifest.json");
        assertThat(
                        manifest.path("sources")
                                .path("source.shop.bank.payments")
                                .path("loaded_at_field")
                                .asText())
                .isEqualTo("paid_at");
        assertThat(texts(manifest.path("child_map").path("source.shop.bank.payments"))).hasSize(1);
        assertThat(read("catalog.json").path("sources").has("source.shop.bank.payments")).isTrue();
    }

    @Test
    void other_folders_no_files_and_projects_that_are_not_dbts() throws IOException {
        estate.file("dbt_project.yml", "name: shop\ntarget-path: out/dbt\n");
        estate.run();
        assertThat(estate.root().resolve("out/dbt/manifest.json")).isRegularFile();
        assertThat(estate.root().resolve("target")).doesNotExist();
        assertThat(
                        JSON.readTree(estate.root().resolve("out/dbt/manifest.json").toFile())
                                .path("nodes")
                                .path(CUSTOMERS)
                                .path("compiled_path")
                                .asText())
                .isEqualTo("out/dbt/compiled/shop/models/marts/customers.sql");

        estate.file("dbt_project.yml", "name: shop\nflags: {write_json: false}\n");
        estate.run();
        assertThat(estate.root().resolve("target")).doesNotExist();

        estate.file("ade.yml", "name: shop\nengine: {memory: 512MB, threads: 2}\n")
                .delete("dbt_project.yml");
        estate.run();
        assertThat(estate.root().resolve("target")).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_note() {
        estate.file("target", "a file, where a folder should be");

        RunReport report = estate.run();

        assertThat(report.state()).isEqualTo(Lake.RunState.PARTLY_PUBLISHED);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("Cannot write dbt's files"));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
