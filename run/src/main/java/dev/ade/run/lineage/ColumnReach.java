package dev.ade.run.lineage;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Exposure;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnGraph.Steer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whom a column reaches: the columns that follow from it, the datasets whose rows it decides about, the checks that name
/// one of those columns, and what reads one of those datasets from outside.
public final class ColumnReach {
    /// Names of a kind that are written out.
    private static final int NAMED_MAX = 6;

    private final ProjectLineage lineage;

    public ColumnReach(ProjectLineage lineage) {
        this.lineage = lineage;
    }

    /// In words; empty where it reaches nobody.
    ///
    /// @param column of `dataset`; one that is not there reaches nobody
    public String words(TableName dataset, String column) {
        if (lineage.of(dataset).schema().find(column).isEmpty()) {
            return "";
        }
        ColumnGraph graph =
                new Walk(lineage, Direction.DOWN, Integer.MAX_VALUE).from(dataset, column);
        Set<TableName> vague = vague(graph);
        List<String> columns =
                graph.nodes().keySet().stream()
                        .filter(id -> !id.equals(graph.root()))
                        .sorted()
                        .map(ColumnId::toString)
                        .toList();
        List<String> reached = new ArrayList<>(named("", columns));
        reached.addAll(named("rows of ", strings(steered(graph))));
        reached.addAll(named("perhaps ", strings(vague)));
        List<String> parts = new ArrayList<>();
        if (!reached.isEmpty()) {
            parts.add("reaches " + String.join("; ", reached));
        }
        parts.addAll(named("checked by ", checks(graph)));
        parts.addAll(named("exposed by ", exposures(datasets(graph, vague))));
        return String.join("; ", parts);
    }

    private static Set<TableName> steered(ColumnGraph graph) {
        return graph.steers().stream()
                .map(Steer::to)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Readers of which no columns are known.
    private Set<TableName> vague(ColumnGraph graph) {
        Set<TableName> vague = new TreeSet<>();
        for (ColumnId id : graph.nodes().keySet()) {
            lineage.readers(id.dataset()).stream()
                    .filter(reader ->
                            lineage.of(reader).lineage().stream().noneMatch(it -> it.isExact()))
                    .forEach(vague::add);
        }
        return vague;
    }

    private static Set<TableName> datasets(ColumnGraph graph, Set<TableName> vague) {
        Set<TableName> datasets = new LinkedHashSet<>(vague);
        datasets.addAll(steered(graph));
        graph.nodes().keySet().forEach(id -> datasets.add(id.dataset()));
        return datasets;
    }

    private Project project() {
        return lineage.project();
    }

    private List<String> exposures(Set<TableName> datasets) {
        return project().exposures().stream()
                .filter(exposure -> exposure.inputs().stream().anyMatch(datasets::contains))
                .map(Exposure::label)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> checks(ColumnGraph graph) {
        return project().checks().stream()
                .filter(check -> columns(check).anyMatch(id -> isIn(id, graph)))
                .map(CheckSpec::name)
                .sorted()
                .toList();
    }

    private static boolean isIn(ColumnId id, ColumnGraph graph) {
        return graph.nodes().keySet().stream()
                .anyMatch(node ->
                        node.dataset().equals(id.dataset())
                                && node.column().equalsIgnoreCase(id.column()));
    }

    /// What a check names; what a query reads is not known.
    private static Stream<ColumnId> columns(CheckSpec check) {
        Stream<String> own =
                switch (check.assertion()) {
                    case Assertion.NotNull(String column) -> Stream.of(column);
                    case Assertion.Unique(String column) -> Stream.of(column);
                    case Assertion.AcceptedValues values -> Stream.of(values.column());
                    case Assertion.Relationships relation -> Stream.of(relation.column());
                    case Assertion.KAnonymity anonymity -> anonymity.columns().stream();
                    case Assertion.Contract(List<ColumnSpec> columns) ->
                            columns.stream().map(ColumnSpec::name);
                    case Assertion.Monitor monitor -> monitor.column().stream();
                    case Assertion.Query _ -> Stream.of();
                };
        Stream<ColumnId> other =
                check.assertion() instanceof Assertion.Relationships relation
                        ? Stream.of(new ColumnId(relation.to(), relation.field()))
                        : Stream.of();
        return Stream.concat(own.map(name -> new ColumnId(check.dataset(), name)), other);
    }

    private static List<String> strings(Collection<TableName> names) {
        return names.stream().map(TableName::toString).toList();
    }

    private static List<String> named(String before, List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        String list = names.stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        int more = names.size() - NAMED_MAX;
        return List.of(before + list + (more > 0 ? " and %,d more".formatted(more) : ""));
    }
}
