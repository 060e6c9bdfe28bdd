package dev.ade.run.compare;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.Exposure;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.ColumnChange;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.lineage.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds whom the changes of datasets reach.
final class Impacts {
    /// Datasets that a column is followed through: each of their queries is bound for it.
    private static final int FOLLOWED_MAX = 200;

    private final Map<TableName, Set<String>> exposures = new HashMap<>();
    private final Map<TableName, List<CheckSpec>> contracts;
    private final ProjectLineage lineage;

    Impacts(Project project, ProjectLineage lineage) {
        this.lineage = lineage;
        for (Exposure exposure : project.exposures()) {
            for (TableName input : exposure.inputs()) {
                exposures.computeIfAbsent(input, _ -> new TreeSet<>()).add(exposure.label());
            }
        }
        this.contracts =
                project.checks().stream()
                        .filter(check -> check.assertion() instanceof Assertion.Contract)
                        .collect(Collectors.groupingBy(CheckSpec::dataset));
    }

    List<CheckSpec> contracts(TableName dataset) {
        return contracts.getOrDefault(dataset, List.of());
    }

    Impact of(TableName dataset, List<ColumnChange> changes) {
        List<TableName> below =
                Project.reach(lineage.readers(dataset), lineage::readers, Integer.MAX_VALUE)
                        .stream()
                        .sorted()
                        .toList();
        List<TableName> all = Stream.concat(Stream.of(dataset), below.stream()).toList();
        return new Impact(
                below,
                columns(dataset, changes, below),
                all.stream().filter(contracts::containsKey).toList(),
                all.stream()
                        .flatMap(one -> exposures.getOrDefault(one, Set.of()).stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    /// What follows from columns of another type. Where a column goes, whatever still reads it fails, and is shown for
    /// that.
    private List<ColumnId> columns(
            TableName dataset, List<ColumnChange> changes, List<TableName> below) {
        if (below.size() > FOLLOWED_MAX) {
            return List.of();
        }
        return changes.stream()
                .filter(change -> change.before().isPresent() && change.after().isPresent())
                .flatMap(change -> followers(new ColumnId(dataset, change.name())))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<ColumnId> followers(ColumnId column) {
        return new Walk(lineage, Direction.DOWN, Integer.MAX_VALUE)
                .from(column.dataset(), column.column()).nodes().keySet().stream()
                        .filter(found -> !found.equals(column));
    }
}
