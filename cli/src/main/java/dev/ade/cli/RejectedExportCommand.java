package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.rejected.RejectedExport;
import dev.ade.run.rejected.RejectedExport.Exported;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes open rejected rows of CSV and NDJSON files, as they stand there, to a CSV file that only you can read. First"
                    + " ade.vault_reads of this environment says who read them and why.",
            "Each has its file, its line and what is wrong with it in front. The values are plain: delete the file when you"
                    + " are done."
        },
        footer = {
            "",
            "Example:",
            "  ade rejected export shop.orders --to fix.csv --reason \"ticket 4711\""
        })
final class RejectedExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "DATASET", description = "The source whose rows they are.")
    private String dataset = "";

    @Mixin private ReasonOption reason = new ReasonOption();

    @Mixin private NewFileOption to = new NewFileOption();

    @Option(names = "--json", description = "Print what was written as one JSON object.")
    private boolean json;

    RejectedExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        TableName table = TableName.parse(dataset);
        try (Ade ade = shell.opener().apply(project.options())) {
            Exported exported =
                    ade.rejected()
                            .export(
                                    new RejectedExport.Asked(
                                            table,
                                            to.path(),
                                            reason.text(),
                                            ade.environment(),
                                            "ade rejected export"));
            if (json) {
                Json.print(shell.out(), out -> write(out, exported));
            } else {
                print(exported);
            }
        }
        return 0;
    }

    private void print(Exported exported) {
        if (exported.rows() > 0) {
            shell.out()
                    .printf(
                            "%s of %s of %s in %s. ade.vault_reads says that you read them.%n",
                            Wording.count(exported.rows(), "rejected row"),
                            Wording.count(exported.files(), "file"),
                            dataset,
                            to.path());
        } else if (exported.missing().isEmpty()) {
            shell.out().printf("No rejected row of %s is open.%n", dataset);
        } else {
            shell.out().printf("No rejected row of %s can be written.%n", dataset);
        }
        exported.missing().forEach(it -> shell.out().println("Left out: " + it));
    }

    private void write(JsonGenerator out, Exported exported) throws IOException {
        out.writeStartObject();
        out.writeStringField("dataset", dataset);
        out.writeNumberField("rows", exported.rows());
        out.writeNumberField("files", exported.files());
        if (exported.rows() > 0) {
            out.writeStringField("file", to.path().toString());
        }
        Json.texts(out, "left_out", exported.missing());
        out.writeEndObject();
    }
}
