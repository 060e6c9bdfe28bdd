package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.model.Wording;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rekey",
        description = {
            "Encrypts the keys, and those of the vault, with another master key.",
            "Pseudonyms and tokens stay as they are. The master key of before opens nothing any more but backups of"
                    + " before. Refuses while a run is going on; stopped anywhere, do it again."
        },
        footer = {
            "",
            "Examples:",
            "  ade privacy rekey --to /secure/new.key     a new one is made where the file is not there",
            "  ade privacy rekey --to /secure/new.key --json"
        })
final class RekeyCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description =
                    "Holds the new master key: 32 bytes in base64. Made where it is not there.")
    private Path to = Path.of("");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    RekeyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path file = to.toAbsolutePath().normalize();
        try (Ade ade = shell.opener().apply(project.options())) {
            int keys = ade.changeMasterKey(file);
            if (json) {
                Json.print(
                        shell.out(),
                        out -> {
                            out.writeStartObject();
                            out.writeStringField("master_key_file", file.toString());
                            out.writeNumberField("vault_keys", keys);
                            out.writeEndObject();
                        });
            } else {
                shell.out()
                        .printf(
                                "The keys%s are encrypted with the master key in %s now.%n",
                                keys == 0
                                        ? ""
                                        : " and " + Wording.count(keys, "key") + " of the vault",
                                file);
                shell.out()
                        .println(
                                "Name it from now on: privacy: {master_key_file: …} in ade.yml, or ADE_MASTER_KEY=$(cat …).");
            }
        }
        return 0;
    }
}
