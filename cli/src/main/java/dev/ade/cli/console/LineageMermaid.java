package dev.ade.cli.console;

import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph;
import dev.ade.run.lineage.ColumnGraph.Edge;
import dev.ade.run.lineage.ColumnGraph.Steer;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.ProjectLineage;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Lineage as a Mermaid flowchart: a box a dataset, its columns inside.
public final class LineageMermaid {
    private LineageMermaid() {}

    public static void columns(PrintStream out, List<ColumnGraph> graphs) {
        Map<TableName, Set<ColumnId>> boxes = new LinkedHashMap<>();
        Set<String> lines = new LinkedHashSet<>();
        for (ColumnGraph graph : graphs) {
            graph.nodes()
                    .keySet()
                    .forEach(id ->
                            boxes.computeIfAbsent(id.dataset(), _ -> new TreeSet<>()).add(id));
            for (Edge edge : graph.edges()) {
                lines.add(
                        "  %s -->|%s| %s"
                                .formatted(
                                        id(edge.from()),
                                        LineageTree.word(edge.role()),
                                        id(edge.to())));
            }
            for (Steer steer : graph.steers()) {
                boxes.computeIfAbsent(steer.to(), _ -> new TreeSet<>());
                lines.add(
                        "  %s -.->|%s| %s"
                                .formatted(
                                        id(steer.from()),
                                        LineageTree.word(steer.role()),
                                        id(steer.to())));
            }
        }
        out.println("flowchart LR");
        boxes.forEach((dataset, columns) -> box(out, dataset, columns));
        lines.forEach(out::println);
        out.println("  style %s stroke-width:3px".formatted(id(graphs.getFirst().root())));
    }

    private static void box(PrintStream out, TableName dataset, Set<ColumnId> columns) {
        out.println("  subgraph %s[\"%s\"]".formatted(id(dataset), dataset));
        columns.forEach(column ->
                out.println("    %s[\"%s\"]".formatted(id(column), escaped(column.column()))));
        out.println("  end");
    }

    public static void datasets(PrintStream out, ProjectLineage lineage, List<TableName> datasets) {
        out.println("flowchart LR");
        for (TableName dataset : datasets) {
            out.println("  %s[\"%s\"]".formatted(id(dataset), dataset));
        }
        for (TableName dataset : datasets) {
            for (TableName input : new TreeSet<>(lineage.project().inputs(dataset))) {
                out.println("  %s --> %s".formatted(id(input), id(dataset)));
            }
        }
    }

    /// Mermaid's own words, such as `end`, cannot be met: every name begins with its kind.
    private static String id(TableName dataset) {
        return "d_" + plain(dataset.toString());
    }

    private static String id(ColumnId column) {
        return "c_" + plain(column.toString());
    }

    /// Letters, digits and `_` stay; everything else becomes its number, so that no two names meet.
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isPlain = (c < 128 && Character.isLetterOrDigit(c)) || c == '_';
            plain.append(isPlain ? String.valueOf(c) : c == '.' ? "__" : "x" + (int) c + "x");
        }
        return plain.toString();
    }

    private static String escaped(String text) {
        return text.replace("\"", "#quot;");
    }
}
