package dev.ade.run.openlineage;

import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.run.Discreet;
import dev.ade.spi.Checker;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Facets as their published schemas have them.
final class Facets {
    static final String PRODUCER = "urn:dev:ade";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    private Facets() {}

    private static Map<String, Object> facet(String version, String name) {
        Map<String, Object> facet = new LinkedHashMap<>();
        facet.put("_producer", PRODUCER);
        facet.put("_schemaURL", FACETS + version + "/" + name + ".json#/$defs/" + name);
        return facet;
    }

    static Map<String, Object> schema(Schema schema) {
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Column column : schema.columns()) {
            fields.add(Map.of("name", column.name(), "type", column.type().sql()));
        }
        Map<String, Object> facet = facet("1-1-1", "SchemaDatasetFacet");
        facet.put("fields", fields);
        return facet;
    }

    /// Columns with what they follow from; `dataset` holds what decides about rows.
    static Map<String, Object> columnLineage(Lineage lineage, String namespace) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (OutputColumn column : lineage.columns()) {
            if (!column.uses().isEmpty()) {
                fields.put(
                        column.column().name(),
                        Map.of(
                                "inputFields",
                                inputs(column.uses(), column.expression(), namespace)));
            }
        }
        Map<String, Object> facet = facet("1-2-0", "ColumnLineageDatasetFacet");
        facet.put("fields", fields);
        facet.put("dataset", inputs(lineage.rows(), "", namespace));
        return facet;
    }

    private static List<Map<String, Object>> inputs(
            List<Use> uses, String expression, String namespace) {
        Map<Lineage.Input, List<Map<String, Object>>> transformations = new LinkedHashMap<>();
        for (Use use : uses) {
            transformations
                    .computeIfAbsent(
                            Lineage.Input.of(use.input().dataset(), use.input().column()),
                            _ -> new ArrayList<>())
                    .add(transformation(use.role(), expression));
        }
        List<Map<String, Object>> inputs = new ArrayList<>();
        transformations.forEach((input, how) -> {
            Map<String, Object> field = new LinkedHashMap<>();
            field.put("namespace", namespace);
            field.put("name", input.dataset().toString());
            field.put("field", input.column());
            field.put("transformations", how.stream().distinct().toList());
            inputs.add(field);
        });
        return inputs;
    }

    private static Map<String, Object> transformation(Role role, String expression) {
        Map<String, Object> transformation = new LinkedHashMap<>();
        transformation.put("type", role.isDirect() ? "DIRECT" : "INDIRECT");
        transformation.put("subtype", subtype(role));
        transformation.put("description", role.isDirect() && role != Role.COPY ? expression : "");
        transformation.put("masking", role == Role.COUNT || role == Role.TEST);
        return transformation;
    }

    private static String subtype(Role role) {
        return switch (role) {
            case COPY -> "IDENTITY";
            case TRANSFORM, TEST -> "TRANSFORMATION";
            case AGGREGATE, COUNT -> "AGGREGATION";
            case CONDITION -> "CONDITIONAL";
            case WINDOW -> "WINDOW";
            case SORT -> "SORT";
            case JOIN -> "JOIN";
            case GROUP -> "GROUP_BY";
            case FILTER -> "FILTER";
        };
    }

    static Map<String, Object> outputStatistics(long rows) {
        Map<String, Object> facet = facet("1-0-2", "OutputStatisticsOutputDatasetFacet");
        facet.put("rowCount", rows);
        return facet;
    }

    static Map<String, Object> metrics(Metrics metrics) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Metrics.OfColumn column : metrics.columns()) {
            columns.put(
                    column.name(),
                    Map.of("nullCount", column.nulls(), "distinctCount", column.distinct()));
        }
        Map<String, Object> facet = facet("1-0-0", "DataQualityMetricsDatasetFacet");
        facet.put("rowCount", metrics.rows());
        facet.put("columnMetrics", columns);
        return facet;
    }

    static Map<String, Object> assertions(List<Checker.Result> results) {
        List<Map<String, Object>> assertions = new ArrayList<>();
        for (Checker.Result result : results) {
            boolean isGood =
                    switch (result.outcome()) {
                        case PASS, SKIPPED -> true;
                        case WARN, FAIL, ERROR -> false;
                    };
            assertions.add(Map.of("assertion", result.check().name(), "success", isGood));
        }
        Map<String, Object> facet = facet("1-0-0", "DataQualityAssertionsDatasetFacet");
        facet.put("assertions", assertions);
        return facet;
    }

    static Map<String, Object> errorMessage(String message) {
        Map<String, Object> facet = facet("1-0-0", "ErrorMessageRunFacet");
        facet.put("message", Discreet.message(message));
        facet.put("programmingLanguage", "SQL");
        return facet;
    }

    static Map<String, Object> parent(String runId, String namespace, String job) {
        Map<String, Object> facet = facet("1-0-1", "ParentRunFacet");
        facet.put("run", Map.of("runId", runId));
        facet.put("job", Map.of("namespace", namespace, "name", job));
        return facet;
    }
}
