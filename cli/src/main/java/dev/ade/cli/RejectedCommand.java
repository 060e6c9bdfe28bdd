package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.run.rejected.RejectedGroup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rejected",
        description =
                "Rows that loads kept out: which are still out, taking them out to be corrected, loading them again, and what was corrected.",
        footer = {
            "",
            "Examples:",
            "  ade rejected list",
            "  ade rejected export shop.orders --to fix.csv --reason \"ticket 4711\"",
            "  ade rejected replay shop.orders --with fix.csv",
            "  ade rejected replay shop.orders",
            "  ade rejected corrections",
            "  ade rejected withdraw shop.orders --reason \"wrong sheet\"",
            "  ade sql \"from ade.rejected\"           every value, with its line"
        })
final class RejectedCommand extends Group {
    @Command(
            name = "list",
            description = {
                "Rejected rows that are still out, by file, column and reason: how many, and the line of the first."
            },
            footer = {
                "",
                "Examples:",
                "  ade rejected list",
                "  ade rejected list shop.orders --all     also those that were loaded since, and by which run",
                "",
                "Status: open: the rest of the file is loaded; not_loaded: the load failed, no row of the file is"
                        + " there; forgotten: kept out by ade forget; replayed: the file was loaded again; gone:"
                        + " nothing of the file is in the dataset any more."
            })
    static final class Listing implements Callable<Integer> {
        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Parameters(
                arity = "0..1",
                paramLabel = "DATASET",
                description = "Only of this source; of all without it.")
        private Optional<String> dataset = Optional.empty();

        @Option(names = "--all", description = "Also those that nothing is left to be done about.")
        private boolean all;

        @Option(names = "--json", description = "Print it as one JSON object.")
        private boolean json;

        Listing(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try (Ade ade = shell.opener().apply(project.options())) {
                List<RejectedGroup> groups =
                        ade.rejected().list(dataset.map(TableName::parse)).stream()
                                .filter(group -> all || group.status().isLeft())
                                .toList();
                if (json) {
                    Json.print(shell.out(), out -> write(out, groups));
                } else {
                    print(groups);
                }
            }
            return 0;
        }

        private void print(List<RejectedGroup> groups) {
            if (groups.isEmpty()) {
                shell.out().println(all ? "No row was ever rejected." : "No rejected row is open.");
                return;
            }
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of(
                                            "dataset",
                                            "source",
                                            "column",
                                            "value",
                                            "reason",
                                            "rows",
                                            "first line",
                                            "status",
                                            "run"))
                            .right(5)
                            .right(6)
                            .openEnd();
            groups.forEach(group -> grid.row(cells(group)));
            grid.print(shell.out());
            shell.out().println();
            groups.stream()
                    .filter(it -> it.status().isLeft())
                    .findFirst()
                    .ifPresent(it ->
                            shell.out()
                                    .println(
                                            shell.screen()
                                                    .dim(
                                                            "Correct the file and ade run, its rows (ade rejected export), or the declaration and ade rejected replay "
                                                                    + it.dataset())));
        }

        private static List<String> cells(RejectedGroup group) {
            String status =
                    group.replayedBy()
                            .map(run -> "%s by run %s".formatted(group.status().word(), run))
                            .orElse(group.status().word());
            return List.of(
                    group.dataset().toString(),
                    group.origin(),
                    group.column().orElse(""),
                    group.valueClass(),
                    Words.oneLine(group.reason()),
                    Words.number(group.rows()),
                    Words.number(group.firstLine()),
                    status,
                    group.run().toString());
        }

        private static void write(JsonGenerator out, List<RejectedGroup> groups)
                throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart("rejected");
            for (RejectedGroup group : groups) {
                out.writeStartObject();
                out.writeStringField("dataset", group.dataset().toString());
                out.writeStringField("source", group.origin());
                out.writeStringField("batch_id", group.batch().hex());
                if (group.column().isPresent()) {
                    out.writeStringField("column", group.column().get());
                }
                out.writeStringField("value_class", group.valueClass());
                out.writeStringField("reason", group.reason());
                out.writeStringField("status", group.status().word());
                out.writeNumberField("rows", group.rows());
                out.writeNumberField("first_line", group.firstLine());
                out.writeNumberField("run", group.run().number());
                out.writeStringField("rejected_at", group.rejectedAt().toString());
                if (group.replayedBy().isPresent()) {
                    out.writeNumberField("replayed_by", group.replayedBy().get().number());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }
}
