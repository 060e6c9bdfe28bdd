package dev.ade.run.site;

import dev.ade.model.TableName;
import dev.ade.run.Decisions;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Use;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What ADE knows of columns and dbt's files have no place for.
public final class ColumnFacts {
    /// Nothing.
    public static final ColumnFacts NONE = new ColumnFacts(Map.of(), Map.of());

    private final Map<TableName, Map<String, String>> privacy;
    private final Map<TableName, Map<String, List<Origin>>> origins;

    private ColumnFacts(
            Map<TableName, Map<String, String>> privacy,
            Map<TableName, Map<String, List<Origin>>> origins) {
        this.privacy = privacy;
        this.origins = origins;
    }

    /// @param personal decisions on what was loaded, and classes that models inherited
    public static ColumnFacts of(
            ProjectLineage lineage, Map<TableName, List<Decisions.Landed>> personal) {
        Map<TableName, Map<String, String>> privacy = new HashMap<>();
        personal.forEach((name, columns) ->
                columns.stream()
                        .filter(column -> !column.dataClass().equals("none"))
                        .forEach(column ->
                                privacy.computeIfAbsent(name, _ -> new HashMap<>())
                                        .put(key(column.column()), words(column))));
        Map<TableName, Map<String, List<Origin>>> origins = new HashMap<>();
        lineage.project()
                .models()
                .keySet()
                .forEach(name ->
                        lineage.of(name)
                                .lineage()
                                .filter(Lineage::isExact)
                                .ifPresent(it -> origins.put(name, origins(it))));
        return new ColumnFacts(privacy, origins);
    }

    private static String words(Decisions.Landed column) {
        return (column.dataClass() + ", " + column.treatment()).replaceFirst(", $", "");
    }

    private static Map<String, List<Origin>> origins(Lineage lineage) {
        Map<String, List<Origin>> origins = new LinkedHashMap<>();
        for (Lineage.OutputColumn column : lineage.columns()) {
            origins.put(
                    key(column.column().name()),
                    column.uses().stream()
                            .filter(use -> use.role().isDirect())
                            .map(Use::input)
                            .map(input -> new Origin(input.dataset(), input.column()))
                            .distinct()
                            .toList());
        }
        return origins;
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    /// Its class and how it is treated; empty where it is not personal, or nobody knows.
    String privacy(TableName dataset, String column) {
        return privacy.getOrDefault(dataset, Map.of()).getOrDefault(key(column), "");
    }

    List<Origin> origins(TableName dataset, String column) {
        return origins.getOrDefault(dataset, Map.of()).getOrDefault(key(column), List.of());
    }

    /// A column that another one's values come from.
    record Origin(TableName dataset, String column) {}
}
