package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import dev.ade.run.forget.Archiver.Moved;
import dev.ade.run.forget.Retained;
import dev.ade.spi.Maintenance.Effect;
import dev.ade.spi.VaultBatch;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retention",
        description = {
            "Removes rows that are older than their dataset keeps (retention: in the project), in every environment, and"
                    + " the snapshots and files that held them.",
            "Destroys the keys of originals in the vault that were kept as long as vault: says.",
            "What was filled or loaded before is not filled or loaded again because of it.",
            "Moves files whose rows are all older than archive: says to the archive, where they are read as before."
        },
        footer = {
            "",
            "Exit status: 2 where nothing says how old the rows of a dataset are; it keeps them, all others are done.",
            "",
            "Examples:",
            "  ade retention --dry-run               what would go?",
            "  ade retention",
            "  ade sql \"from ade.retained\"           what went"
        })
final class RetentionCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(names = "--dry-run", description = "Say what would go, and leave it.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    RetentionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            List<VaultBatch> originals = dryRun ? ade.vault().expired() : ade.vault().expire();
            Retained retained = dryRun ? ade.expired() : ade.retain();
            List<Moved> moved = ade.archive(dryRun ? Effect.DRY_RUN : Effect.DELETE);
            List<AdeException> undated = ade.undated();
            int status = undated.stream().findFirst().map(it -> it.kind().exitStatus()).orElse(0);
            undated.forEach(it -> shell.err().println(it.explain()));
            if (json) {
                Json.print(shell.out(), out -> write(out, retained, moved, originals));
                return status;
            }
            boolean isArchived = !ade.project().archives().isEmpty();
            if (!ade.project().retentions().isEmpty()) {
                print(retained);
            } else if (originals.isEmpty() && !isArchived) {
                shell.out()
                        .println(
                                ade.project().vaults().isEmpty()
                                        ? "No dataset says how long it keeps its rows. Write retention: {keep: 2 years} to one."
                                        : "No original is older than the vault keeps it.");
            }
            if (isArchived && moved.isEmpty()) {
                shell.out().println("No file is old enough for the archive.");
            }
            print(originals);
            moved.forEach(this::print);
            return status;
        }
    }

    private void print(Moved one) {
        shell.out()
                .printf(
                        "archive: %s (%s, %s) of %s, older than %s %s%s%n",
                        Wording.count(one.files().files(), "file"),
                        Wording.count(one.files().rows(), "row"),
                        Words.bytes(one.files().bytes()),
                        one.dataset(),
                        one.column(),
                        one.until().atOffset(ZoneOffset.UTC).toLocalDate(),
                        dryRun ? " would be moved" : "");
    }

    private void print(List<VaultBatch> originals) {
        originals.forEach(it ->
                shell.out()
                        .printf(
                                "vault: %s of %s, kept since %s%n",
                                it.origin(),
                                it.label().dataset(),
                                it.keptAt().atOffset(ZoneOffset.UTC).toLocalDate()));
        if (!originals.isEmpty()) {
            shell.out()
                    .printf(
                            dryRun
                                    ? "The keys of %s would be destroyed.%n"
                                    : "The keys of %s are destroyed: nobody can read them any more.%n",
                            Wording.count(originals.size(), "original"));
        }
    }

    private void print(Retained retained) {
        if (retained.expired().isEmpty()) {
            shell.out().println("Nothing is older than its dataset keeps.");
            return;
        }
        Grid grid =
                new Grid(
                        shell.screen(),
                        List.of("environment", "dataset", "older than", "rows", "in old files"));
        retained.expired()
                .forEach(one ->
                        grid.row(
                                List.of(
                                        one.environment().name(),
                                        one.dataset().toString(),
                                        one.column()
                                                + " "
                                                + one.until()
                                                        .atOffset(ZoneOffset.UTC)
                                                        .toLocalDate(),
                                        Words.number(one.rows()),
                                        Words.number(one.oldRows()))));
        grid.print(shell.out());
        shell.out().println();
        retained.purged()
                .ifPresentOrElse(
                        purged ->
                                shell.out()
                                        .printf(
                                                "%s removed, %s of earlier states, %s (%s).%n",
                                                Wording.count(retained.rows(), "row"),
                                                Wording.count(purged.snapshots(), "snapshot"),
                                                Wording.count(purged.files(), "file"),
                                                Words.bytes(purged.bytes())),
                        () ->
                                shell.out()
                                        .printf(
                                                "%s would be removed, and %s in files of earlier states. This was a dry run: nothing has changed.%n",
                                                Wording.count(retained.rows(), "row"),
                                                Wording.count(retained.oldRows(), "row")));
    }

    private static void write(
            JsonGenerator out, Retained retained, List<Moved> moved, List<VaultBatch> originals)
            throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("vault");
        for (VaultBatch one : originals) {
            out.writeStartObject();
            out.writeStringField("batch_id", one.label().batch().hex());
            out.writeStringField("dataset", one.label().dataset().toString());
            out.writeStringField("source", one.origin());
            out.writeStringField("kept_at", one.keptAt().toString());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeStringField("at", retained.at().toString());
        out.writeArrayFieldStart("expired");
        for (Retained.Expired one : retained.expired()) {
            out.writeStartObject();
            out.writeStringField("environment", one.environment().name());
            out.writeStringField("dataset", one.dataset().toString());
            out.writeStringField("column", one.column());
            out.writeStringField("keep", one.keep().toString());
            out.writeStringField("until", one.until().toString());
            out.writeNumberField("rows", one.rows());
            out.writeNumberField("rows_in_old_files", one.oldRows());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("archived");
        for (Moved one : moved) {
            out.writeStartObject();
            out.writeStringField("environment", one.environment().name());
            out.writeStringField("dataset", one.dataset().toString());
            out.writeStringField("column", one.column());
            out.writeStringField("until", one.until().toString());
            out.writeNumberField("files", one.files().files());
            out.writeNumberField("rows", one.files().rows());
            out.writeNumberField("bytes", one.files().bytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("rows", retained.rows());
        out.writeNumberField("rows_in_old_files", retained.oldRows());
        if (retained.purged().isPresent()) {
            out.writeObjectFieldStart("removed");
            out.writeNumberField("snapshots", retained.purged().get().snapshots());
            out.writeNumberField("files", retained.purged().get().files());
            out.writeNumberField("bytes", retained.purged().get().bytes());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
