package dev.ade.cli.console;

import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnGraph.Edge;
import dev.ade.run.lineage.ColumnGraph.Node;
import dev.ade.run.lineage.ColumnId;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What a column follows from, or what follows from it, as a tree.
public final class LineageTree {
    private final Screen screen;
    private final PrintStream out;
    private final Set<ColumnId> shown = new HashSet<>();

    public LineageTree(Screen screen, PrintStream out) {
        this.screen = screen;
        this.out = out;
    }

    public void print(ColumnGraph graph) {
        out.println(label(node(graph, graph.root()), ""));
        shown.add(graph.root());
        branches(graph, graph.root(), "");
        if (graph.direction() == Direction.UP) {
            rows(graph);
        }
        graph.notes().forEach(note -> out.println(screen.yellow("note: ") + note));
    }

    private static Node node(ColumnGraph graph, ColumnId id) {
        return Objects.requireNonNull(graph.nodes().get(id));
    }

    private void branches(ColumnGraph graph, ColumnId id, String indent) {
        Map<ColumnId, List<Edge>> next = new LinkedHashMap<>();
        for (Edge edge : graph.next(id)) {
            ColumnId other = graph.direction() == Direction.UP ? edge.from() : edge.to();
            next.computeIfAbsent(other, _ -> new ArrayList<>()).add(edge);
        }
        List<String> decided = decided(graph, id);
        int left = next.size() + decided.size();
        for (Map.Entry<ColumnId, List<Edge>> branch : next.entrySet()) {
            boolean isLast = --left == 0;
            branch(graph, branch.getKey(), branch.getValue(), indent, isLast);
        }
        for (String text : decided) {
            out.println(screen.dim(indent + (--left == 0 ? "└╌ " : "├╌ ") + text));
        }
    }

    private void branch(
            ColumnGraph graph, ColumnId id, List<Edge> edges, String indent, boolean isLast) {
        Node node = node(graph, id);
        boolean isNew = shown.add(id);
        String more = isNew ? "" : screen.dim("  (above)");
        out.println(screen.dim(indent + (isLast ? "└─ " : "├─ ")) + label(node, how(edges)) + more);
        if (isNew) {
            branches(graph, id, indent + (isLast ? "   " : "│  "));
        }
    }

    private String label(Node node, String how) {
        List<String> parts = new ArrayList<>();
        parts.add(node.id().dataset() + "." + screen.bold(node.id().column()));
        if (!how.isEmpty()) {
            parts.add(screen.cyan(how));
        }
        parts.add(screen.dim(node.type()));
        if (isComputed(node)) {
            parts.add(Words.oneLine("= " + node.expression()));
        }
        if (node.kind().equals("source") || node.kind().equals("seed")) {
            parts.add(screen.green(node.kind()));
        }
        node.treated()
                .map(treated -> treated.text())
                .filter(text -> !text.isEmpty() && !text.equals("keep"))
                .ifPresent(text -> parts.add(screen.yellow(text)));
        if (node.isCut()) {
            parts.add(screen.dim("…"));
        }
        parts.removeIf(String::isEmpty);
        return String.join("  ", parts);
    }

    private static boolean isComputed(Node node) {
        String expression = node.expression();
        String column = node.id().column();
        return !expression.isEmpty()
                && !expression.equals(column)
                && !expression.endsWith("." + column);
    }

    private static String how(List<Edge> edges) {
        Set<String> words = new LinkedHashSet<>();
        for (Edge edge : edges) {
            String path = edge.path().isEmpty() ? "" : "." + edge.path() + " ";
            words.add(path + word(edge.role()));
        }
        return String.join(", ", words);
    }

    /// What a column does to the other, as a participle.
    public static String word(Role role) {
        return switch (role) {
            case COPY -> "copied";
            case TRANSFORM -> "computed";
            case AGGREGATE -> "aggregated";
            case TEST -> "tested";
            case COUNT -> "counted";
            case CONDITION -> "chooses";
            case WINDOW -> "frames";
            case SORT -> "sorts";
            case JOIN -> "joins";
            case GROUP -> "groups";
            case FILTER -> "filters";
        };
    }

    private static List<String> decided(ColumnGraph graph, ColumnId id) {
        Map<TableName, Set<String>> words = new LinkedHashMap<>();
        graph.steers().stream()
                .filter(steer -> steer.from().equals(id))
                .forEach(steer ->
                        words.computeIfAbsent(steer.to(), _ -> new TreeSet<>())
                                .add(word(steer.role())));
        return words.entrySet().stream()
                .map(entry ->
                        "%s the rows of %s"
                                .formatted(String.join(", ", entry.getValue()), entry.getKey()))
                .toList();
    }

    private void rows(ColumnGraph graph) {
        boolean isFirst = true;
        for (Map.Entry<TableName, List<Use>> entry : graph.rows().entrySet()) {
            String text = rows(entry.getValue());
            if (!text.isEmpty()) {
                out.print(isFirst ? "\n" : "");
                isFirst = false;
                out.println(screen.dim("rows of " + entry.getKey() + "  ") + text);
            }
        }
    }

    /// "grouped by shop.order_f.day; joined by …".
    private static String rows(List<Use> uses) {
        Map<Role, Set<String>> by = new java.util.EnumMap<>(Role.class);
        for (Use use : uses) {
            by.computeIfAbsent(use.role(), _ -> new TreeSet<>()).add(use.input().toString());
        }
        List<String> parts = new ArrayList<>();
        by.forEach((role, inputs) -> {
            if (role != Role.SORT) {
                parts.add(by(role) + " by " + String.join(", ", inputs));
            }
        });
        return String.join("; ", parts);
    }

    private static String by(Role role) {
        return switch (role) {
            case JOIN -> "joined";
            case GROUP -> "grouped";
            case FILTER -> "filtered";
            case SORT -> "sorted";
            case COPY, TRANSFORM, AGGREGATE, TEST, COUNT, CONDITION, WINDOW -> "steered";
        };
    }
}
