package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.Wording;
import dev.ade.spi.Maintenance;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "maintain",
        description = {
            "Keeps the lake small and fast: merges small files, expires old snapshots, removes files that nothing"
                    + " refers to. Changes nothing that anyone reads."
        },
        footer = {"", "Examples:", "  ade maintain --dry-run", "  ade maintain"})
final class MaintainCommand implements Callable<Integer> {
    private static final int DETAILS_MAX = 50;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(names = "--dry-run", description = "Say what would be removed, and leave it.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    MaintainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            Maintenance.Report report =
                    ade.maintain(dryRun ? Maintenance.Effect.DRY_RUN : Maintenance.Effect.DELETE);
            if (json) {
                Json.print(shell.out(), out -> write(out, report));
            } else {
                print(report);
            }
        }
        return 0;
    }

    private void write(JsonGenerator out, Maintenance.Report report) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("dry_run", dryRun);
        out.writeNumberField("snapshots_expired", report.snapshotsExpired());
        out.writeNumberField("files_rewritten", report.filesRewritten());
        out.writeNumberField("files_removed", report.filesRemoved());
        out.writeNumberField("bytes_removed", report.bytesRemoved());
        Json.texts(out, "details", report.details());
        out.writeEndObject();
    }

    private void print(Maintenance.Report report) {
        report.details().stream()
                .limit(DETAILS_MAX)
                .forEach(detail -> shell.out().println("  " + Words.oneLine(detail)));
        int more = report.details().size() - DETAILS_MAX;
        if (more > 0) {
            shell.out().println("  and " + Words.number(more) + " more");
        }
        shell.out()
                .printf(
                        "%s expired, %s rewritten, %s (%s) removed%s.%n",
                        Wording.count(report.snapshotsExpired(), "snapshot"),
                        Wording.count(report.filesRewritten(), "file"),
                        Wording.count(report.filesRemoved(), "file"),
                        Words.bytes(report.bytesRemoved()),
                        dryRun ? ": this was a dry run, so nothing has changed" : "");
    }
}
