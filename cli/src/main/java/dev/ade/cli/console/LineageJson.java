package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.lineage.ColumnGraph;
import dev.ade.run.lineage.ColumnGraph.Edge;
import dev.ade.run.lineage.ColumnGraph.Node;
import dev.ade.run.lineage.ColumnGraph.Steer;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lineage as JSON: columns are nodes; edges lead the way the data flows.
public final class LineageJson {
    private LineageJson() {}

    public static void columns(JsonGenerator json, List<ColumnGraph> graphs) throws IOException {
        Map<ColumnId, Node> nodes = new LinkedHashMap<>();
        Set<Edge> edges = new LinkedHashSet<>();
        Set<Steer> steers = new LinkedHashSet<>();
        Set<String> notes = new LinkedHashSet<>();
        for (ColumnGraph graph : graphs) {
            graph.nodes().forEach(nodes::putIfAbsent);
            edges.addAll(graph.edges());
            steers.addAll(steers(graph));
            notes.addAll(graph.notes());
        }
        json.writeStartObject();
        json.writeStringField("column", graphs.getFirst().root().toString());
        json.writeArrayFieldStart("nodes");
        for (Node node : nodes.values()) {
            node(json, node);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        for (Edge edge : edges) {
            edge(json, edge);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rows");
        for (Steer steer : steers) {
            json.writeStartObject();
            json.writeStringField("from", steer.from().toString());
            json.writeStringField("to", steer.to().toString());
            json.writeStringField("role", word(steer.role()));
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.texts(json, "notes", List.copyOf(notes));
        json.writeEndObject();
    }

    private static Set<Steer> steers(ColumnGraph graph) {
        Set<Steer> steers = new LinkedHashSet<>(graph.steers());
        graph.rows()
                .forEach((dataset, uses) -> {
                    for (Use use : uses) {
                        ColumnId from = new ColumnId(use.input().dataset(), use.input().column());
                        steers.add(new Steer(from, dataset, use.role()));
                    }
                });
        return steers;
    }

    private static void node(JsonGenerator json, Node node) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", node.id().toString());
        json.writeStringField("dataset", node.id().dataset().toString());
        json.writeStringField("column", node.id().column());
        json.writeStringField("kind", node.kind());
        json.writeStringField("type", node.type());
        json.writeStringField("expression", node.expression());
        treated(json, node.treated());
        json.writeEndObject();
    }

    private static void treated(JsonGenerator json, Optional<DatasetLineage.Treated> treated)
            throws IOException {
        if (treated.isPresent()) {
            json.writeStringField("class", treated.get().dataClass());
            json.writeStringField("treatment", treated.get().treatment());
        }
    }

    private static void edge(JsonGenerator json, Edge edge) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", edge.from().toString());
        json.writeStringField("to", edge.to().toString());
        json.writeStringField("role", word(edge.role()));
        if (!edge.path().isEmpty()) {
            json.writeStringField("path", edge.path());
        }
        json.writeEndObject();
    }

    public static void datasets(
            JsonGenerator json, ProjectLineage lineage, List<TableName> datasets)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("datasets");
        for (TableName name : datasets) {
            dataset(json, lineage.of(name), lineage.project().inputs(name));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void dataset(JsonGenerator json, DatasetLineage dataset, Set<TableName> inputs)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("dataset", dataset.name().toString());
        json.writeStringField("kind", dataset.kind());
        Json.texts(json, "inputs", inputs.stream().sorted().map(TableName::toString).toList());
        json.writeBooleanField("exact", dataset.lineage().map(Lineage::isExact).orElse(true));
        json.writeArrayFieldStart("columns");
        for (Column column : dataset.schema().columns()) {
            column(json, dataset, column);
        }
        json.writeEndArray();
        uses(json, "rows", dataset.lineage().map(Lineage::rows).orElse(List.of()));
        Json.texts(json, "notes", dataset.notes());
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, DatasetLineage dataset, Column column)
            throws IOException {
        Optional<OutputColumn> output = dataset.lineage().flatMap(it -> it.find(column.name()));
        json.writeStartObject();
        json.writeStringField("column", column.name());
        json.writeStringField("type", column.type().text());
        json.writeStringField("expression", output.map(OutputColumn::expression).orElse(""));
        treated(json, dataset.treated(column.name()));
        uses(json, "uses", output.map(OutputColumn::uses).orElse(List.of()));
        json.writeEndObject();
    }

    private static void uses(JsonGenerator json, String field, List<Use> uses) throws IOException {
        json.writeArrayFieldStart(field);
        for (Use use : uses) {
            json.writeStartObject();
            json.writeStringField("dataset", use.input().dataset().toString());
            json.writeStringField("column", use.input().column());
            if (!use.input().path().isEmpty()) {
                json.writeStringField("path", String.join(".", use.input().path()));
            }
            json.writeStringField("role", word(use.role()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void names(JsonGenerator json, String field, List<ColumnId> columns)
            throws IOException {
        json.writeStartObject();
        Json.texts(json, field, columns.stream().map(ColumnId::toString).toList());
        json.writeEndObject();
    }

    static String word(Role role) {
        return Wording.of(role);
    }
}
