package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.ade.run.RunReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events of real runs, against the structure of the published schemas.
class OpenLineageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SUBTYPES =
            Set.of(
                    "IDENTITY",
                    "TRANSFORMATION",
                    "AGGREGATION",
                    "CONDITIONAL",
                    "WINDOW",
                    "SORT",
                    "JOIN",
                    "GROUP_BY",
                    "FILTER");

    @TempDir private Path folder;

    private Estate estate(String target) {
        return Shop.withData(folder)
                .file(
                        "ade.yml",
                        "name: estate\nengine: {memory: 512MB, threads: 2}\nopenlineage: {%s}\n"
                                .formatted(target));
    }

    private List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("events.ndjson"))) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private static JsonNode event(List<JsonNode> events, String type, String job) {
        return events.stream()
                .filter(event -> event.path("eventType").asText().equals(type))
                .filter(event -> event.path("job").path("name").asText().equals(job))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_step_starts_and_completes_within_the_run() throws IOException {
        RunReport report = estate("file: events.ndjson").run();
        List<JsonNode> events = events();

        assertThat(report.notes()).isEmpty();
        assertThat(events).hasSize(2 + 2 * report.results().size());
        Map<String, List<String>> byRun = new HashMap<>();
        for (JsonNode event : events) {
            assertValid(event);
            byRun.computeIfAbsent(event.at("/run/runId").asText(), _ -> new ArrayList<>())
                    .add(event.path("eventType").asText());
        }
        assertThat(byRun.values())
                .allSatisfy(it -> assertThat(it).containsExactly("START", "COMPLETE"));
        String whole = event(events, "START", "estate").at("/run/runId").asText();
        assertThat(
                        event(events, "START", "estate.shop.order_f")
                                .at("/run/facets/parent/run/runId")
                                .asText())
                .isEqualTo(whole);
    }

    @Test
    void a_model_says_its_columns_their_lineage_and_what_was_measured() throws IOException {
        estate("file: events.ndjson").run();
        JsonNode event = event(events(), "COMPLETE", "estate.shop.revenue_r");
        JsonNode output = event.at("/outputs/0");

        assertThat(output.path("namespace").asText()).isEqualTo("ade:estate/prod");
        assertThat(output.path("name").asText()).isEqualTo("shop.revenue_r");
        assertThat(output.at("/facets/schema/fields").findValuesAsText("name"))
                .containsExactly("city", "revenue");
        JsonNode lineage = output.at("/facets/columnLineage");
        assertThat(lineage.path("_schemaURL").asText())
                .isEqualTo(
                        "https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json"
                                + "#/$defs/ColumnLineageDatasetFacet");
        JsonNode revenue = lineage.at("/fields/revenue/inputFields/0");
        assertThat(revenue.path("name").asText()).isEqualTo("shop.revenue_day_d");
        assertThat(revenue.path("field").asText()).isEqualTo("revenue");
        JsonNode how = revenue.at("/transformations/0");
        assertThat(how.path("type").asText()).isEqualTo("DIRECT");
        assertThat(how.path("subtype").asText()).isEqualTo("AGGREGATION");
        assertThat(how.path("description").asText()).isEqualTo("sum(revenue_day_d.revenue)");
        assertThat(lineage.path("dataset").findValuesAsText("field"))
                .contains("customer_key", "city");
        assertThat(output.at("/facets/dataQualityMetrics/rowCount").asLong()).isEqualTo(2);
        assertThat(output.at("/facets/dataQualityMetrics/columnMetrics/city/nullCount").asLong(-1))
                .isZero();
        assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong()).isEqualTo(2);
        assertThat(event.path("inputs").findValuesAsText("name"))
                .contains("shop.customer_d", "shop.revenue_day_d");
    }

    @Test
    void a_step_that_fails_says_why_and_so_does_the_run() throws IOException {
        Estate estate =
                estate("file: events.ndjson")
                        .file(
                                "shop/models/broken.sql",
                                """
                                {{ config(materialized='table') }}
                                select cast(city as integer) as city from shop.customers
                                """);
        estate.run();
        JsonNode failed = event(events(), "FAIL", "estate.shop.broken");

        assertThat(failed.at("/run/facets/errorMessage/message").asText())
                .contains("Could not convert string '…'");
        assertThat(estate.sql("select message from ade.steps where dataset = 'shop.broken'"))
                .singleElement()
                .asString()
                .contains("Could not convert string '…'");
        assertValid(failed);
        assertThat(
                        event(events(), "FAIL", "estate")
                                .at("/run/facets/errorMessage/message")
                                .asText())
                .contains("kept back");
    }

    @Test
    void events_are_messages_in_order() throws Exception {
        try (Broker broker = new Broker(folder.resolve("kafka"))) {
            RunReport report =
                    estate("kafka: {bootstrap: \"%s\", topic: lineage}".formatted(broker.address()))
                            .run();

            assertThat(report.notes()).isEmpty();
            List<JsonNode> events = new ArrayList<>();
            for (String message : broker.messages("lineage")) {
                events.add(JSON.readTree(message));
            }
            assertThat(events).hasSize(2 + 2 * report.results().size());
            assertThat(events.getFirst().path("eventType").asText()).isEqualTo("START");
            assertThat(events.getLast().at("/job/name").asText()).isEqualTo("estate");
            for (JsonNode event : events) {
                assertValid(event);
            }
        }
    }

    @Test
    void a_broker_that_is_not_there_is_a_note() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        RunReport report =
                estate("kafka: {bootstrap: \"127.0.0.1:%d\", topic: lineage}".formatted(nobody))
                        .run();

        assertThat(report.published()).isNotEmpty();
        assertThat(report.notes()).hasSize(1);
        assertThat(report.notes().getFirst()).contains("OpenLineage events were not delivered");
    }

    @Test
    void events_are_posted() throws IOException {
        List<String> bodies = Collections.synchronizedList(new ArrayList<>());
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/lineage",
                exchange -> {
                    bodies.add(
                            exchange.getRequestMethod()
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(201, -1);
                    exchange.close();
                });
        server.start();
        try {
            RunReport report =
                    estate(
                                    "url: 'http://127.0.0.1:%d/api/v1/lineage'"
                                            .formatted(server.getAddress().getPort()))
                            .run();
            assertThat(report.notes()).isEmpty();
            assertThat(bodies).hasSize(2 + 2 * report.results().size());
            assertThat(bodies).allSatisfy(it -> assertThat(it).startsWith("POST{\"eventType\":"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_endpoint_that_refuses_fails_no_run_and_is_told() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
        server.start();
        try {
            RunReport report =
                    estate("url: 'http://127.0.0.1:%d/'".formatted(server.getAddress().getPort()))
                            .run();
            assertThat(report.exitStatus()).isZero();
            assertThat(report.notes())
                    .containsExactly(
                            "%d OpenLineage events were not delivered: IOException: the endpoint answered 503"
                                    .formatted(2 + 2 * report.results().size()));
        } finally {
            server.stop(0);
        }
    }

    /// What OpenLineage.json 2-0-2 requires of a run event, and its facets of themselves.
    private static void assertValid(JsonNode event) {
        assertThat(event.path("eventType").asText()).isIn("START", "COMPLETE", "FAIL");
        assertThat(event.path("eventTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(event.path("producer").asText()).isNotEmpty();
        assertThat(event.path("schemaURL").asText())
                .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
        assertThat(UUID.fromString(event.at("/run/runId").asText())).isNotNull();
        assertThat(event.at("/job/namespace").asText()).isNotEmpty();
        assertThat(event.at("/job/name").asText()).isNotEmpty();
        assertFacets(event.at("/run/facets"));
        for (String side : List.of("inputs", "outputs")) {
            assertThat(event.path(side).isArray()).isTrue();
            for (JsonNode dataset : event.path(side)) {
                assertThat(dataset.path("namespace").asText()).isNotEmpty();
                assertThat(dataset.path("name").asText()).isNotEmpty();
                assertFacets(dataset.path("facets"));
                assertFacets(dataset.path("outputFacets"));
                assertLineage(dataset.at("/facets/columnLineage"));
            }
        }
    }

    private static void assertFacets(JsonNode facets) {
        for (JsonNode facet : facets) {
            assertThat(facet.path("_producer").asText()).isNotEmpty();
            assertThat(facet.path("_schemaURL").asText())
                    .startsWith("https://openlineage.io/spec/facets/");
        }
    }

    private static void assertLineage(JsonNode lineage) {
        List<JsonNode> inputs = new ArrayList<>(lineage.findValues("inputFields"));
        if (lineage.has("dataset")) {
            inputs.add(lineage.path("dataset"));
        }
        for (JsonNode some : inputs) {
            for (JsonNode input : some) {
                assertThat(input.path("namespace").asText()).isNotEmpty();
                assertThat(input.path("name").asText()).isNotEmpty();
                assertThat(input.path("field").asText()).isNotEmpty();
                for (JsonNode how : input.path("transformations")) {
                    assertThat(how.path("type").asText()).isIn("DIRECT", "INDIRECT");
                    assertThat(how.path("subtype").asText()).isIn(SUBTYPES);
                    assertThat(how.path("masking").isBoolean()).isTrue();
                }
            }
        }
    }
}
