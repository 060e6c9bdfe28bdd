package dev.ade.run.artifacts;

import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `catalog.json`: what is published, as dbt's documentation shows it. No data is read for it.
final class CatalogJson {
    private static final String DATABASE = "ade";

    private final Project project;
    private final Manifest manifest;

    CatalogJson(Project project, Manifest manifest) {
        this.project = project;
        this.manifest = manifest;
    }

    Map<String, @Nullable Object> of(List<DatasetState> states) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        Map<String, Object> sources = new LinkedHashMap<>();
        for (DatasetState state : states) {
            manifest.id(state.name())
                    .ifPresent(id ->
                            (id.startsWith("source.") ? sources : nodes).put(id, table(id, state)));
        }
        Map<String, @Nullable Object> catalog = new LinkedHashMap<>();
        catalog.put("nodes", nodes);
        catalog.put("sources", sources);
        catalog.put("errors", null);
        return catalog;
    }

    private Map<String, Object> table(String id, DatasetState state) {
        boolean isView = state.kind() == DatasetState.Kind.VIEW;
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("type", isView ? "VIEW" : "BASE TABLE");
        metadata.put("schema", state.name().namespace());
        metadata.put("name", state.name().name());
        metadata.put("database", DATABASE);
        metadata.put("comment", comment(description(state.name())));
        metadata.put("owner", null);
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("metadata", metadata);
        table.put("columns", columns(state));
        table.put("stats", isView ? stats(Map.of()) : stats(tableStats(state)));
        table.put("unique_id", id);
        return table;
    }

    private String description(TableName name) {
        Model model = project.models().get(name);
        SourceTable source = project.sources().get(name);
        return model != null ? model.description() : source == null ? "" : source.description();
    }

    private Map<String, Object> columns(DatasetState state) {
        Map<String, Object> columns = new LinkedHashMap<>();
        Map<String, String> comments = comments(state.name());
        for (Column column : state.schema().columns()) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("type", column.type().text());
            json.put("index", columns.size() + 1);
            json.put("name", column.name());
            json.put(
                    "comment",
                    comment(comments.getOrDefault(column.name().toLowerCase(Locale.ROOT), "")));
            columns.put(column.name(), json);
        }
        return columns;
    }

    private Map<String, String> comments(TableName name) {
        Model model = project.models().get(name);
        List<ColumnSpec> declared =
                model != null
                        ? model.columns()
                        : Optional.ofNullable(project.sources().get(name))
                                .map(SourceTable::columns)
                                .orElse(List.of());
        Map<String, String> comments = new LinkedHashMap<>();
        declared.forEach(column ->
                comments.put(column.name().toLowerCase(Locale.ROOT), column.description()));
        return comments;
    }

    private static @Nullable String comment(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, Object> tableStats(DatasetState state) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("row_count", stat("row_count", "Row Count", state.rows(), "Rows of the table"));
        stats.put("bytes", stat("bytes", "Size", state.bytes(), "Bytes of its data files"));
        stats.put(
                "last_modified",
                stat(
                        "last_modified",
                        "Last Modified",
                        Artifacts.text(state.publishedAt()),
                        "When this version was published, in UTC"));
        return stats;
    }

    private static Map<String, Object> stats(Map<String, Object> known) {
        Map<String, Object> stats = new LinkedHashMap<>(known);
        Map<String, Object> has =
                stat("has_stats", "Has Stats?", !known.isEmpty(), "Whether there are any");
        has.put("include", false);
        stats.put("has_stats", has);
        return stats;
    }

    private static Map<String, Object> stat(
            String id, String label, Object value, String description) {
        Map<String, Object> stat = new LinkedHashMap<>();
        stat.put("id", id);
        stat.put("label", label);
        stat.put("value", value);
        stat.put("include", true);
        stat.put("description", description);
        return stat;
    }
}
