package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.DatasetColumns;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.LineageJson;
import dev.ade.cli.console.LineageMermaid;
import dev.ade.cli.console.LineageTree;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnGraph;
import dev.ade.run.lineage.ColumnGraph.Direction;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.lineage.UnusedColumns;
import dev.ade.run.lineage.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lineage",
        description = "Shows what columns follow from, and what follows from them.",
        footer = {
            "",
            "Examples:",
            "  ade lineage                              every dataset and what it reads",
            "  ade lineage shop.revenue_r               every column and what it follows from",
            "  ade lineage shop.revenue_r.ordered       the column, back to the sources",
            "  ade lineage shop.orders.amount --down    what would change with it",
            "  ade lineage shop.orders.amount --down --mermaid",
            "  ade lineage --unused                     columns that nobody needs",
        })
final class LineageCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DATASET[.COLUMN]",
            description = "A dataset, or one of its columns.")
    private String target = "";

    @Option(names = "--up", description = "To what it follows from (default).")
    private boolean up;

    @Option(names = "--down", description = "To what follows from it.")
    private boolean down;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "Datasets to walk through (default: all).")
    private int depth = 1_000;

    @Option(names = "--unused", description = "Only columns of models that no other dataset reads.")
    private boolean unused;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    @Option(names = "--mermaid", description = "Print it as a Mermaid flowchart.")
    private boolean mermaid;

    LineageCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            ProjectLineage lineage = ade.lineage();
            Target wanted = Target.parse(target, lineage);
            if (unused) {
                unused(lineage, wanted.dataset());
            } else if (wanted.column().isEmpty()) {
                datasets(lineage, wanted.dataset());
            } else {
                columns(lineage, wanted.dataset().getFirst(), wanted.column());
            }
        }
        return 0;
    }

    private void unused(ProjectLineage lineage, List<TableName> datasets) {
        List<ColumnId> columns = UnusedColumns.of(lineage, datasets);
        if (json) {
            Json.print(shell.out(), out -> LineageJson.names(out, "unused", columns));
        } else {
            new DatasetColumns(lineage, shell.screen(), shell.out()).unused(columns);
        }
    }

    private void columns(ProjectLineage lineage, TableName dataset, String column) {
        List<ColumnGraph> graphs = new ArrayList<>();
        for (Direction direction : directions()) {
            graphs.add(new Walk(lineage, direction, depth).from(dataset, column));
        }
        if (json) {
            Json.print(shell.out(), out -> LineageJson.columns(out, graphs));
        } else if (mermaid) {
            LineageMermaid.columns(shell.out(), graphs);
        } else {
            for (ColumnGraph graph : graphs) {
                new LineageTree(shell.screen(), shell.out()).print(graph);
            }
        }
    }

    private List<Direction> directions() {
        if (down) {
            return up ? List.of(Direction.UP, Direction.DOWN) : List.of(Direction.DOWN);
        }
        return List.of(Direction.UP);
    }

    private void datasets(ProjectLineage lineage, List<TableName> datasets) {
        DatasetColumns view = new DatasetColumns(lineage, shell.screen(), shell.out());
        if (json) {
            Json.print(shell.out(), out -> LineageJson.datasets(out, lineage, datasets));
        } else if (mermaid) {
            LineageMermaid.datasets(shell.out(), lineage, datasets);
        } else if (datasets.size() == 1 && !target.isEmpty()) {
            view.columns(datasets.getFirst(), directions());
        } else {
            view.overview(datasets);
        }
    }

    /// @param dataset all where none was named
    /// @param column empty for all
    private record Target(List<TableName> dataset, String column) {
        static Target parse(String text, ProjectLineage lineage) {
            if (text.isEmpty()) {
                return new Target(List.copyOf(lineage.datasets()), "");
            }
            String[] parts = text.split("\\.", 3);
            if (parts.length == 1) {
                return new Target(List.of(named(parts[0], text, lineage)), "");
            }
            TableName dataset = TableName.of(parts[0], parts[1]);
            if (lineage.datasets().contains(dataset) || parts[0].equals("ade")) {
                return new Target(List.of(dataset), parts.length == 3 ? parts[2] : "");
            }
            if (parts.length == 2) {
                return new Target(List.of(named(parts[0], text, lineage)), parts[1]);
            }
            throw unknown(text);
        }

        /// A dataset by its name alone, where only one has it.
        private static TableName named(String name, String text, ProjectLineage lineage) {
            List<TableName> all =
                    lineage.datasets().stream()
                            .filter(it -> it.name().equals(name.toLowerCase(Locale.ROOT)))
                            .toList();
            if (all.size() != 1) {
                throw unknown(text);
            }
            return all.getFirst();
        }

        private static AdeException unknown(String text) {
            return AdeException.user(
                    "Cannot show the lineage of '%s': there is no such dataset".formatted(text),
                    "ade lineage lists the datasets; a column is written domain.dataset.column");
        }
    }
}
