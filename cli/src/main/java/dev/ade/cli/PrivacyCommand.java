package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.Decisions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "privacy",
        description = "What is personal, what became of it, and the keys.",
        footer = {"", "Example:", "  ade privacy report"})
final class PrivacyCommand extends Group {
    @Command(
            name = "report",
            description = "Lists every column of every loaded source: class, treatment, evidence.",
            footer = {
                "",
                "Examples:",
                "  ade privacy report",
                "  ade privacy report --personal      only columns that are personal",
                "  ade privacy report --json"
            })
    static final class Report implements Callable<Integer> {
        private static final String NONE = "none";

        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Option(names = "--personal", description = "Leave out what is not personal.")
        private boolean personal;

        @Option(names = "--json", description = "Print it as one JSON object.")
        private boolean json;

        Report(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try (Ade ade = shell.opener().apply(project.options())) {
                Map<TableName, List<Decisions.Landed>> report = new TreeMap<>();
                ade.privacyReport().forEach((name, columns) -> report.put(name, shown(columns)));
                if (json) {
                    Json.print(shell.out(), out -> write(out, report));
                } else {
                    print(report);
                }
            }
            return 0;
        }

        private List<Decisions.Landed> shown(List<Decisions.Landed> columns) {
            return personal
                    ? columns.stream().filter(it -> !it.dataClass().equals(NONE)).toList()
                    : columns;
        }

        private void print(Map<TableName, List<Decisions.Landed>> report) {
            if (report.isEmpty()) {
                shell.out().println("No source is loaded yet: ade run");
                return;
            }
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of(
                                            "dataset",
                                            "column",
                                            "class",
                                            "treatment",
                                            "ground",
                                            "evidence"))
                            .openEnd();
            report.forEach((name, columns) -> columns.forEach(it -> grid.row(cells(name, it))));
            grid.print(shell.out());
            long found = count(report, "detected");
            shell.out().println();
            shell.out()
                    .printf(
                            "%s declared personal, %s detected.%n",
                            Wording.count(count(report, "declared"), "column"),
                            Words.number(found));
            long kept = count(report, "kept");
            if (kept > 0) {
                shell.out()
                        .printf(
                                "%s kept because the project says privacy: {undeclared: keep}.%n",
                                Wording.count(kept, "personal column"));
            }
            if (found > 0) {
                shell.out()
                        .println(
                                "Declare what was detected in sources.yml, so that it stays as you want it:"
                                        + " privacy: keep, or another treatment.");
            }
        }

        private List<String> cells(TableName name, Decisions.Landed column) {
            boolean none = column.dataClass().equals(NONE);
            return List.of(
                    name.toString(),
                    column.column(),
                    none ? shell.screen().dim(NONE) : column.dataClass(),
                    none ? shell.screen().dim(column.treatment()) : column.treatment(),
                    column.ground().replace('_', ' '),
                    column.evidence());
        }

        private static long count(Map<TableName, List<Decisions.Landed>> report, String ground) {
            return report.values().stream()
                    .flatMap(List::stream)
                    .filter(it -> it.ground().equals(ground) && !it.dataClass().equals(NONE))
                    .count();
        }

        private static void write(JsonGenerator out, Map<TableName, List<Decisions.Landed>> report)
                throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart("columns");
            for (Map.Entry<TableName, List<Decisions.Landed>> entry : report.entrySet()) {
                for (Decisions.Landed column : entry.getValue()) {
                    out.writeStartObject();
                    out.writeStringField("dataset", entry.getKey().toString());
                    out.writeStringField("column", column.column());
                    out.writeStringField("class", column.dataClass());
                    out.writeStringField("treatment", column.treatment());
                    out.writeStringField("ground", column.ground());
                    out.writeStringField("evidence", column.evidence());
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
