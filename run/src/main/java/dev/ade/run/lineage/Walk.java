package dev.ade.run.lineage;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnGraph.Edge;
import dev.ade.run.lineage.ColumnGraph.Node;
import dev.ade.run.lineage.ColumnGraph.Steer;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Walks from a column to everything it follows from, or that follows from it. Used once.
public final class Walk {
    /// Columns a walk may meet.
    public static final int COLUMNS_MAX = 10_000;

    private final ProjectLineage lineage;
    private final Direction direction;
    private final int depthMax;
    private final Map<ColumnId, Node> nodes = new LinkedHashMap<>();
    private final Map<ColumnId, Integer> depths = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<Steer> steers = new LinkedHashSet<>();
    private final Map<TableName, List<Use>> rows = new TreeMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Deque<ColumnId> open = new ArrayDeque<>();

    /// @param depthMax datasets between the root and the farthest column
    public Walk(ProjectLineage lineage, Direction direction, int depthMax) {
        this.lineage = lineage;
        this.direction = direction;
        this.depthMax = depthMax;
    }

    public ColumnGraph from(TableName dataset, String column) {
        DatasetLineage start = lineage.of(dataset);
        Column found = start.schema().find(column).orElseThrow(() -> noColumn(start, column));
        ColumnId root = new ColumnId(dataset, found.name());
        meet(root, 0);
        while (!open.isEmpty() && nodes.size() < COLUMNS_MAX) {
            ColumnId next = open.removeFirst();
            if (depth(next) < depthMax) {
                switch (direction) {
                    case UP -> up(next);
                    case DOWN -> down(next);
                }
            }
        }
        if (!open.isEmpty()) {
            notes.add("The walk ended after %,d columns".formatted(COLUMNS_MAX));
        }
        return new ColumnGraph(
                root, direction, nodes, edges, List.copyOf(steers), rows, List.copyOf(notes));
    }

    private int depth(ColumnId id) {
        return depths.getOrDefault(id, 0);
    }

    private void meet(ColumnId id, int depth) {
        if (nodes.containsKey(id)) {
            return;
        }
        DatasetLineage dataset = lineage.of(id.dataset());
        notes.addAll(dataset.notes());
        depths.put(id, depth);
        nodes.put(id, node(id, dataset, depth == depthMax && goesOn(id)));
        open.addLast(id);
    }

    private boolean goesOn(ColumnId id) {
        return switch (direction) {
            case UP -> output(id).filter(column -> !column.uses().isEmpty()).isPresent();
            case DOWN -> !lineage.readers(id.dataset()).isEmpty();
        };
    }

    private Node node(ColumnId id, DatasetLineage dataset, boolean isCut) {
        return new Node(
                id,
                dataset.kind(),
                dataset.schema().find(id.column()).map(it -> it.type().text()).orElse(""),
                output(id).map(OutputColumn::expression).orElse(""),
                dataset.treated(id.column()),
                isCut);
    }

    private Optional<OutputColumn> output(ColumnId id) {
        return lineage.of(id.dataset()).lineage().flatMap(it -> it.find(id.column()));
    }

    private void up(ColumnId id) {
        Optional<Lineage> own = lineage.of(id.dataset()).lineage();
        own.ifPresent(it -> rows.put(id.dataset(), it.rows()));
        for (Use use : output(id).map(OutputColumn::uses).orElse(List.of())) {
            ColumnId from = spelled(use.input());
            meet(from, depth(id) + 1);
            edges.add(new Edge(from, id, use.role(), String.join(".", use.input().path())));
        }
    }

    private void down(ColumnId id) {
        for (TableName reader : lineage.readers(id.dataset())) {
            DatasetLineage dataset = lineage.of(reader);
            notes.addAll(dataset.notes());
            dataset.lineage().ifPresent(own -> into(id, reader, own));
        }
    }

    private void into(ColumnId id, TableName reader, Lineage own) {
        for (OutputColumn column : own.columns()) {
            for (Use use : column.uses()) {
                if (isOf(use, id)) {
                    ColumnId to = new ColumnId(reader, column.column().name());
                    meet(to, depth(id) + 1);
                    edges.add(new Edge(id, to, use.role(), String.join(".", use.input().path())));
                }
            }
        }
        own.rows().stream()
                .filter(use -> isOf(use, id))
                .forEach(use -> steers.add(new Steer(id, reader, use.role())));
    }

    private static boolean isOf(Use use, ColumnId id) {
        return use.input().dataset().equals(id.dataset())
                && use.input().column().equalsIgnoreCase(id.column());
    }

    /// The input as its own dataset spells it.
    private ColumnId spelled(Lineage.Input input) {
        String name =
                lineage.of(input.dataset())
                        .schema()
                        .find(input.column())
                        .map(Column::name)
                        .orElse(input.column());
        return new ColumnId(input.dataset(), name);
    }

    private static AdeException noColumn(DatasetLineage dataset, String column) {
        return AdeException.user(
                "Cannot follow %s.%s: there is no such column".formatted(dataset.name(), column),
                dataset.schema().columns().isEmpty()
                        ? String.join("; ", dataset.notes())
                        : "It has: " + String.join(", ", dataset.schema().names()));
    }
}
