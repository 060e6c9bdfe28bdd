package dev.ade.run.lineage;

import dev.ade.model.TableName;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Columns and what flows between them, as far as somebody walked from `root`.
///
/// @param nodes every column met, in the order it was met
/// @param edges what flows from one column's values into another's
/// @param steers where a column of this graph decides about the rows of a dataset
/// @param rows what decides about the rows of the datasets that were walked through
/// @param notes what is not known
public record ColumnGraph(
        ColumnId root,
        Direction direction,
        Map<ColumnId, Node> nodes,
        List<Edge> edges,
        List<Steer> steers,
        Map<TableName, List<Use>> rows,
        List<String> notes) {
    public ColumnGraph {
        edges = List.copyOf(edges);
        steers = List.copyOf(steers);
        notes = List.copyOf(notes);
    }

    public enum Direction {
        /// To what it follows from.
        UP,
        /// To what follows from it.
        DOWN
    }

    /// @param type lower-case name of its type; empty where it is not known
    /// @param expression how it is computed; empty for what is loaded
    /// @param treated how it was treated when it was loaded
    /// @param isCut whether the walk stopped here though there is more
    public record Node(
            ColumnId id,
            String kind,
            String type,
            String expression,
            Optional<DatasetLineage.Treated> treated,
            boolean isCut) {}

    /// @param path fields inside a struct, with dots; empty for the whole column
    public record Edge(ColumnId from, ColumnId to, Role role, String path) {}

    public record Steer(ColumnId from, TableName to, Role role) {}

    /// Edges from the side that the walk came from, in order.
    public List<Edge> next(ColumnId id) {
        return edges.stream()
                .filter(edge ->
                        direction == Direction.UP ? edge.to().equals(id) : edge.from().equals(id))
                .toList();
    }
}
