package dev.ade.cli.console;

import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Use;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The lineage of whole datasets: what each reads, and one step of every column.
public final class DatasetColumns {
    private final ProjectLineage lineage;
    private final Screen screen;
    private final PrintStream out;

    public DatasetColumns(ProjectLineage lineage, Screen screen, PrintStream out) {
        this.lineage = lineage;
        this.screen = screen;
        this.out = out;
    }

    /// Every dataset with what it reads and what reads it.
    public void overview(List<TableName> datasets) {
        Grid grid =
                new Grid(screen, List.of("dataset", "kind", "columns", "reads", "read by"))
                        .right(2);
        for (TableName name : datasets) {
            DatasetLineage dataset = lineage.of(name);
            int columns = dataset.schema().columns().size();
            grid.row(
                    List.of(
                            name.toString(),
                            dataset.kind(),
                            columns == 0 ? "" : Words.number(columns),
                            names(lineage.project().inputs(name)),
                            names(lineage.readers(name))));
        }
        grid.print(out);
        notes(datasets.stream().flatMap(it -> lineage.of(it).notes().stream()).distinct().toList());
    }

    private static String names(Set<TableName> names) {
        return names.stream().sorted().map(TableName::toString).collect(Collectors.joining(", "));
    }

    /// One row a column of a dataset.
    public void columns(TableName name, List<Direction> directions) {
        DatasetLineage dataset = lineage.of(name);
        for (Direction direction : directions) {
            switch (direction) {
                case UP -> up(dataset);
                case DOWN -> down(dataset);
            }
        }
        notes(dataset.notes());
    }

    private void up(DatasetLineage dataset) {
        Optional<Lineage> own = dataset.lineage();
        Grid grid =
                new Grid(
                                screen,
                                own.isPresent()
                                        ? List.of("column", "type", "how", "from", "expression")
                                        : List.of("column", "type", "class", "treatment", ""))
                        .openEnd();
        for (Column column : dataset.schema().columns()) {
            grid.row(own.map(it -> made(column, it)).orElseGet(() -> loaded(column, dataset)));
        }
        grid.print(out);
    }

    private static List<String> made(Column column, Lineage lineage) {
        Optional<OutputColumn> output = lineage.find(column.name());
        String how =
                output.flatMap(OutputColumn::how)
                        .map(LineageTree::word)
                        .orElseGet(() -> without(output, lineage));
        return List.of(
                column.name(),
                column.type().text(),
                how,
                output.map(it -> inputs(it.uses())).orElse(""),
                output.map(it -> Words.oneLine(it.expression())).orElse(""));
    }

    /// The word for a column that follows from no column.
    private static String without(Optional<OutputColumn> output, Lineage lineage) {
        if (!lineage.isExact()) {
            return "?";
        }
        boolean isCount = output.filter(it -> it.expression().startsWith("count(")).isPresent();
        return isCount ? "counted" : "constant";
    }

    private static String inputs(List<Use> uses) {
        Set<String> inputs = new LinkedHashSet<>();
        uses.forEach(use -> inputs.add(use.input().toString()));
        return String.join(", ", inputs);
    }

    private static List<String> loaded(Column column, DatasetLineage dataset) {
        Optional<DatasetLineage.Treated> treated = dataset.treated(column.name());
        return List.of(
                column.name(),
                column.type().text(),
                treated.map(DatasetLineage.Treated::dataClass).orElse(""),
                treated.map(DatasetLineage.Treated::treatment).orElse(""),
                "");
    }

    private void down(DatasetLineage dataset) {
        Grid grid = new Grid(screen, List.of("column", "goes into")).openEnd();
        for (Column column : dataset.schema().columns()) {
            Set<String> into = new LinkedHashSet<>();
            for (TableName reader : lineage.readers(dataset.name())) {
                lineage.of(reader)
                        .lineage()
                        .ifPresent(it -> into(it, dataset.name(), column, reader, into));
            }
            grid.row(List.of(column.name(), String.join(", ", into)));
        }
        grid.print(out);
    }

    private static void into(
            Lineage lineage, TableName dataset, Column column, TableName reader, Set<String> into) {
        for (OutputColumn output : lineage.columns()) {
            if (reads(output.uses(), dataset, column)) {
                into.add(reader + "." + output.column().name());
            }
        }
        if (reads(lineage.rows(), dataset, column)) {
            into.add("rows of " + reader);
        }
    }

    private static boolean reads(List<Use> uses, TableName dataset, Column column) {
        return uses.stream()
                .anyMatch(use ->
                        use.input().dataset().equals(dataset)
                                && use.input().column().equalsIgnoreCase(column.name()));
    }

    /// Columns that could go, by dataset.
    public void unused(List<ColumnId> columns) {
        Map<TableName, List<String>> byDataset = new TreeMap<>();
        columns.forEach(column ->
                byDataset
                        .computeIfAbsent(column.dataset(), _ -> new ArrayList<>())
                        .add(column.column()));
        if (columns.isEmpty()) {
            out.println("Every column of every model that is read is read by somebody.");
            return;
        }
        Grid grid =
                new Grid(screen, List.of("dataset", "columns that no other dataset reads"))
                        .openEnd();
        byDataset.forEach((dataset, names) ->
                grid.row(List.of(dataset.toString(), String.join(", ", names))));
        grid.print(out);
        out.println();
        out.println(
                "%s. Datasets that no other reads are left out: people may."
                        .formatted(Wording.count(columns.size(), "column")));
    }

    private void notes(List<String> notes) {
        notes.forEach(note -> out.println(screen.yellow("note: ") + note));
    }
}
