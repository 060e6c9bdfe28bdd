package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.VaultBatch;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "vault",
        description =
                "Originals that sources keep (vault: in the project): compressed, encrypted, apart from the lake.",
        footer = {
            "",
            "Examples:",
            "  ade vault list",
            "  ade vault get 3f2a91c0 --reason \"court order 12/26\" --to original.csv",
            "  ade sql \"from ade.vault_reads\"        who read what, and why"
        })
final class VaultCommand extends Group {
    @Command(
            name = "list",
            description = "What the vault holds, and what it held until its key was destroyed.",
            footer = {"", "Examples:", "  ade vault list", "  ade vault list shop.orders --json"})
    static final class Listing implements Callable<Integer> {
        private static final int DIGITS = 12;

        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Parameters(
                arity = "0..1",
                paramLabel = "DATASET",
                description = "Only of this source; of all without it.")
        private Optional<String> dataset = Optional.empty();

        @Option(names = "--json", description = "Print it as one JSON object.")
        private boolean json;

        Listing(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            Optional<TableName> only = dataset.map(TableName::parse);
            try (Ade ade = shell.opener().apply(project.options())) {
                List<VaultBatch> batches =
                        ade.vault().list().stream()
                                .filter(it ->
                                        only.isEmpty() || it.label().dataset().equals(only.get()))
                                .toList();
                if (json) {
                    Json.print(shell.out(), out -> write(out, batches));
                } else {
                    print(batches);
                }
            }
            return 0;
        }

        private void print(List<VaultBatch> batches) {
            if (batches.isEmpty()) {
                shell.out()
                        .println(
                                "The vault is empty. A source with vault: {keep: 7 years} puts in what it loads.");
                return;
            }
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of(
                                            "batch", "dataset", "source", "kept at", "until",
                                            "size", "stored", "state"))
                            .right(5)
                            .right(6)
                            .openEnd();
            batches.forEach(it -> grid.row(cells(it)));
            grid.print(shell.out());
        }

        private static List<String> cells(VaultBatch batch) {
            return List.of(
                    batch.label().batch().hex().substring(0, DIGITS),
                    batch.label().dataset().toString(),
                    batch.origin(),
                    batch.keptAt().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                    batch.until().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                    batch.sealed().map(it -> Words.bytes(it.bytes())).orElse(""),
                    batch.sealed().map(it -> Words.bytes(it.storedBytes())).orElse(""),
                    batch.end()
                            .map(end ->
                                    "destroyed %s: %s"
                                            .formatted(
                                                    end.at().atOffset(ZoneOffset.UTC).toLocalDate(),
                                                    end.reason()))
                            .orElse("sealed"));
        }

        private static void write(JsonGenerator out, List<VaultBatch> batches) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart("vault");
            for (VaultBatch batch : batches) {
                out.writeStartObject();
                out.writeStringField("batch_id", batch.label().batch().hex());
                out.writeStringField("dataset", batch.label().dataset().toString());
                out.writeStringField("source", batch.origin());
                out.writeNumberField("run", batch.run().number());
                out.writeStringField("kept_at", batch.keptAt().toString());
                out.writeStringField("until", batch.until().toString());
                if (batch.sealed().isPresent()) {
                    out.writeNumberField("bytes", batch.sealed().get().bytes());
                    out.writeNumberField("stored_bytes", batch.sealed().get().storedBytes());
                }
                if (batch.end().isPresent()) {
                    out.writeStringField("destroyed_at", batch.end().get().at().toString());
                    out.writeStringField("reason", batch.end().get().reason());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    @Command(
            name = "get",
            description = {
                "Writes an original to a file that only you can read. First ade.vault_reads of this environment says who"
                        + " read it and why."
            },
            footer = {
                "",
                "Example:",
                "  ade vault get 3f2a91c0 --reason \"court order 12/26\" --to original.csv"
            })
    static final class Getting implements Callable<Integer> {
        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Parameters(
                paramLabel = "BATCH",
                description = "The first 8 digits or more of its id, of ade vault list.")
        private String batch = "";

        @Mixin private ReasonOption reason = new ReasonOption();

        @Mixin private NewFileOption to = new NewFileOption();

        @Option(names = "--json", description = "Print what it was as one JSON object.")
        private boolean json;

        Getting(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try (Ade ade = shell.opener().apply(project.options())) {
                VaultBatch read =
                        ade.vault()
                                .read(
                                        new VaultRoom.Reading(
                                                batch,
                                                reason.text(),
                                                to.path(),
                                                ade.environment(),
                                                "ade vault get"));
                if (json) {
                    Json.print(shell.out(), out -> write(out, read));
                } else {
                    shell.out()
                            .printf(
                                    "%s of %s is in %s (%s). ade.vault_reads says that you read it.%n",
                                    read.origin(),
                                    read.label().dataset(),
                                    to.path(),
                                    Words.bytes(read.sealed().orElseThrow().bytes()));
                }
            }
            return 0;
        }

        private void write(JsonGenerator out, VaultBatch read) throws IOException {
            out.writeStartObject();
            out.writeStringField("batch_id", read.label().batch().hex());
            out.writeStringField("dataset", read.label().dataset().toString());
            out.writeStringField("source", read.origin());
            out.writeStringField("file", to.path().toString());
            out.writeEndObject();
        }
    }
}
