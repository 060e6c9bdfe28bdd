package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What comes before what.
final class Topology {
    private Topology() {}

    /// All datasets of a project, inputs before what reads them; among equals by name.
    static List<TableName> order(Project project) {
        Set<TableName> ordered = new LinkedHashSet<>(new TreeSet<>(project.sources().keySet()));
        Map<TableName, State> states = new HashMap<>();
        for (TableName model : new TreeSet<>(project.models().keySet())) {
            visit(project, model, states, ordered, new ArrayDeque<>());
        }
        return new ArrayList<>(ordered);
    }

    /// True where `dataset` is made from `above`, directly or not.
    static boolean isBelow(Project project, TableName dataset, TableName above) {
        return project.above(dataset).contains(above);
    }

    private static void visit(
            Project project,
            TableName dataset,
            Map<TableName, State> states,
            Set<TableName> ordered,
            Deque<TableName> path) {
        if (states.get(dataset) == State.DONE || !project.models().containsKey(dataset)) {
            return;
        }
        if (states.put(dataset, State.OPEN) == State.OPEN) {
            throw cycle(dataset, path);
        }
        path.addLast(dataset);
        for (TableName input : new TreeSet<>(project.inputs(dataset))) {
            visit(project, input, states, ordered, path);
        }
        path.removeLast();
        states.put(dataset, State.DONE);
        ordered.add(dataset);
    }

    private static AdeException cycle(TableName dataset, Deque<TableName> path) {
        List<TableName> loop = new ArrayList<>(path);
        loop = new ArrayList<>(loop.subList(loop.indexOf(dataset), loop.size()));
        loop.add(dataset);
        return AdeException.user(
                "Cannot order the models: they read each other in a circle, "
                        + loop.stream()
                                .map(TableName::toString)
                                .collect(Collectors.joining(" -> ")),
                "Take one of these references out");
    }

    private enum State {
        OPEN,
        DONE
    }
}
