package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.rejected.KeptRows;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "corrections",
        description = {
            "Rows that people corrected and that are read in the place of what stands in their files: in which file and line,"
                    + " when and by whom, in all environments. Never what they say."
        },
        footer = {
            "",
            "Examples:",
            "  ade rejected corrections",
            "  ade rejected corrections shop.orders --json",
            "",
            "State: applies: read by each load of the file; file_changed: the dataset holds nothing of a file with that"
                    + " content any more. ade rejected withdraw takes them back."
        })
final class CorrectionsCommand implements Callable<Integer> {
    /// Lines of a file that are shown.
    private static final int SHOWN = 5;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DATASET",
            description = "Only of this source; of all without it.")
    private Optional<String> dataset = Optional.empty();

    @Option(names = "--json", description = "Print it as one JSON object, with every line.")
    private boolean json;

    CorrectionsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            List<KeptRows> kept = ade.rejected().corrections(dataset.map(TableName::parse));
            if (json) {
                Json.print(
                        shell.out(),
                        out -> {
                            out.writeStartObject();
                            write(out, "corrections", kept);
                            out.writeEndObject();
                        });
            } else {
                print(kept);
            }
        }
        return 0;
    }

    private void print(List<KeptRows> kept) {
        if (kept.isEmpty()) {
            shell.out().println("No correction is kept.");
            return;
        }
        Grid grid =
                new Grid(
                                shell.screen(),
                                List.of("dataset", "source", "rows", "lines", "at", "by", "state"))
                        .right(2)
                        .openEnd();
        kept.forEach(it -> grid.row(cells(it)));
        grid.print(shell.out());
    }

    private static List<String> cells(KeptRows kept) {
        return List.of(
                kept.dataset().toString(),
                kept.file().origin(),
                Words.number(kept.lines().size()),
                kept.lines().stream()
                                .limit(SHOWN)
                                .map(Words::number)
                                .collect(Collectors.joining(" "))
                        + (kept.lines().size() > SHOWN ? " …" : ""),
                kept.file().correctedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                kept.file().correctedBy(),
                Wording.of(kept.state()));
    }

    static void write(JsonGenerator out, String field, List<KeptRows> kept) throws IOException {
        out.writeArrayFieldStart(field);
        for (KeptRows rows : kept) {
            out.writeStartObject();
            out.writeStringField("dataset", rows.dataset().toString());
            out.writeStringField("source", rows.file().origin());
            out.writeStringField("batch_id", rows.file().batch().hex());
            out.writeArrayFieldStart("lines");
            for (long line : rows.lines()) {
                out.writeNumber(line);
            }
            out.writeEndArray();
            out.writeStringField("corrected_at", rows.file().correctedAt().toString());
            out.writeStringField("corrected_by", rows.file().correctedBy());
            out.writeStringField("state", Wording.of(rows.state()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
