package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.run.forget.Forgotten.Removal;
import dev.ade.run.forget.Key;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.vault.VaultPeople;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Removes people: every row that holds their key, in every dataset and environment, then the snapshots and"
                    + " files that held those rows; reads all that is left to prove it, and writes a certificate.",
            "Loads to come keep them out. Datasets that only aggregate them stay as they are."
        },
        footer = {
            "",
            "Examples:",
            "  ade forget shop.customers --key customer_id=C00042 --dry-run    where are they?",
            "  ade forget shop.customers --key customer_id=C00042",
            "  ade forget shop.customers --keys people.csv                     a CSV with a header of columns",
            "  ade sql \"from ade.forgotten\"                                    who was forgotten, by marks"
        })
final class ForgetCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "SOURCE", description = "The source that the keys are of.")
    private String source = "";

    @Option(
            names = "--key",
            paramLabel = "COLUMN=VALUE",
            description = "A value that identifies somebody; may be repeated.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "A CSV file of them; its header names columns of the source.")
    private @Nullable Path file;

    @Option(
            names = "--also",
            paramLabel = "DATASET.COLUMN",
            description =
                    "Another source's column that holds the values of the first key, where they are kept as they are"
                            + " and nothing else says so; may be repeated.")
    private List<String> also = new ArrayList<>();

    @Option(names = "--dry-run", description = "Say where they are, and leave them.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    ForgetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            Forgotten forgotten = ade.forget(request(ade));
            if (json) {
                Json.print(shell.out(), out -> write(out, forgotten));
            } else {
                print(forgotten);
            }
        }
        return 0;
    }

    private ForgetRequest request(Ade ade) {
        List<Key> all = new ArrayList<>(keys.stream().map(Key::parse).toList());
        Optional.ofNullable(file).ifPresent(path -> all.addAll(KeysFile.read(path)));
        return new ForgetRequest(
                TableName.parse(source),
                all,
                also.stream().map(ForgetCommand::column).toList(),
                ade.environment(),
                dryRun ? ForgetRequest.Effect.DRY_RUN : ForgetRequest.Effect.FORGET,
                "ade forget " + source);
    }

    private static ColumnId column(String text) {
        int at = text.lastIndexOf('.');
        if (at <= 0) {
            throw AdeException.user(
                    "Cannot read --also %s: it is not of the form namespace.name.column"
                            .formatted(text),
                    "Name it as --also shop.orders.customer_id");
        }
        return new ColumnId(TableName.parse(text.substring(0, at)), text.substring(at + 1));
    }

    private void print(Forgotten forgotten) {
        if (forgotten.isNobody()) {
            shell.out()
                    .println(
                            "Nobody was found: no row of any environment, and no old file, holds "
                                    + (keys.size() == 1 && file == null
                                            ? "that key."
                                            : "one of the keys."));
            return;
        }
        Grid grid =
                new Grid(shell.screen(), List.of("environment", "dataset", "column", "rows"))
                        .openEnd();
        forgotten.hits().stream()
                .filter(hit -> !hit.column().isEmpty())
                .forEach(hit ->
                        grid.row(
                                List.of(
                                        hit.environment().name(),
                                        hit.dataset().toString(),
                                        hit.column(),
                                        Words.number(hit.rows()))));
        if (!forgotten.hits().isEmpty()) {
            grid.print(shell.out());
            shell.out().println();
        }
        forgotten.vault().forEach(this::print);
        new TreeMap<>(forgotten.untouched())
                .forEach((name, why) -> shell.out().printf("not touched: %s (%s)%n", name, why));
        forgotten
                .removal()
                .ifPresentOrElse(removal -> print(forgotten, removal), () -> printReach(forgotten));
    }

    private void print(VaultPeople.Hit hit) {
        shell.out()
                .printf(
                        "vault: %s of %s: %s%n",
                        hit.in().source(),
                        hit.in().dataset(),
                        hit.unsearchable()
                                .map(why -> "its key, as it cannot be searched (%s)".formatted(why))
                                .orElseGet(() -> Wording.count(hit.rows(), "row")));
    }

    private void printReach(Forgotten forgotten) {
        shell.out()
                .printf(
                        "%s would be removed, and %s in files of earlier states. This was a dry run: nothing has changed.%n",
                        Wording.count(forgotten.rows(), "row"),
                        Wording.count(forgotten.rowsInOldFiles(), "row"));
    }

    private void print(Forgotten forgotten, Removal removal) {
        shell.out()
                .printf(
                        "%s removed, %s of earlier states, %s (%s).%n",
                        Wording.count(forgotten.rows(), "row"),
                        Wording.count(removal.snapshots(), "snapshot"),
                        Wording.count(removal.files(), "file"),
                        Words.bytes(removal.bytes()));
        shell.out()
                .printf(
                        "Verified: %s read, none holds them. Certificate: %s%n",
                        Wording.count(removal.scanned(), "file"), removal.file());
    }

    private static void write(JsonGenerator out, Forgotten forgotten) throws IOException {
        out.writeStartObject();
        out.writeStringField("certificate", forgotten.id());
        out.writeStringField("source", forgotten.source().toString());
        out.writeBooleanField("nobody", forgotten.isNobody());
        out.writeArrayFieldStart("keys");
        for (Forgotten.MarkedKey key : forgotten.keys()) {
            out.writeStartObject();
            out.writeStringField("column", key.column());
            out.writeStringField("mark", key.mark());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("found");
        for (Hit hit : forgotten.hits()) {
            out.writeStartObject();
            out.writeStringField("environment", hit.environment().name());
            out.writeStringField("dataset", hit.dataset().toString());
            if (!hit.column().isEmpty()) {
                out.writeStringField("column", hit.column());
            }
            out.writeNumberField("rows", hit.rows());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("vault");
        for (VaultPeople.Hit hit : forgotten.vault()) {
            out.writeStartObject();
            out.writeStringField("dataset", hit.in().dataset().toString());
            out.writeStringField("batch_id", hit.in().batchId().hex());
            out.writeStringField("source", hit.in().source());
            if (hit.unsearchable().isPresent()) {
                out.writeStringField("unsearchable", hit.unsearchable().get());
            } else {
                out.writeNumberField("rows", hit.rows());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("not_touched");
        for (var entry : new TreeMap<>(forgotten.untouched()).entrySet()) {
            out.writeStringField(entry.getKey().toString(), entry.getValue());
        }
        out.writeEndObject();
        out.writeNumberField("rows", forgotten.rows());
        out.writeNumberField("rows_in_old_files", forgotten.rowsInOldFiles());
        if (forgotten.removal().isPresent()) {
            write(out, forgotten.removal().get());
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Removal removal) throws IOException {
        out.writeObjectFieldStart("removed");
        out.writeNumberField("snapshots", removal.snapshots());
        out.writeNumberField("files", removal.files());
        out.writeNumberField("bytes", removal.bytes());
        out.writeNumberField("files_scanned", removal.scanned());
        out.writeNumberField("rows_left", removal.rowsLeft());
        out.writeNumberField("tap_logs", removal.tapLogs());
        out.writeStringField("file", removal.file().toString());
        out.writeEndObject();
    }
}
