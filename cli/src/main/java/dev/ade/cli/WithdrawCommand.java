package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.rejected.CorrectionRoom;
import dev.ade.run.rejected.KeptRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "withdraw",
        description = {
            "Takes corrections back, for all environments: what people put in the place of rejected rows is destroyed with its"
                    + " key, and the next run of each environment loads the files as they stand. Their rows are open again then.",
            "ade.runs of this environment says who withdrew them and why."
        },
        footer = {
            "",
            "Examples:",
            "  ade rejected withdraw shop.orders --reason \"wrong sheet\"",
            "  ade rejected withdraw shop.orders --file landing/orders-7.csv --reason \"ticket 4712\"",
            "",
            "Exit status: 0 also where none are kept; 2 where none are kept of the file; 3 where another process holds on to"
                    + " the catalog's log: they are withdrawn, and asking again destroys the keys there too."
        })
final class WithdrawCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private ReasonOption reason = new ReasonOption();

    @Parameters(paramLabel = "DATASET", description = "The source whose rows they are.")
    private String dataset = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Only of this file, as ade rejected corrections names it.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--json", description = "Print what was withdrawn as one JSON object.")
    private boolean json;

    WithdrawCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        TableName table = TableName.parse(dataset);
        try (Ade ade = shell.opener().apply(project.options())) {
            List<KeptRows> withdrawn =
                    ade.rejected()
                            .withdraw(
                                    new CorrectionRoom.Withdrawal(
                                            table,
                                            file,
                                            reason.text(),
                                            ade.environment(),
                                            "ade rejected withdraw"));
            if (json) {
                Json.print(
                        shell.out(),
                        out -> {
                            out.writeStartObject();
                            CorrectionsCommand.write(out, "withdrawn", withdrawn);
                            out.writeEndObject();
                        });
            } else if (withdrawn.isEmpty()) {
                shell.out().printf("No correction of %s is kept.%n", table);
            } else {
                print(withdrawn);
            }
        }
        return 0;
    }

    private void print(List<KeptRows> withdrawn) {
        long rows = withdrawn.stream().mapToLong(it -> it.lines().size()).sum();
        long files = withdrawn.stream().map(it -> it.file().batch()).distinct().count();
        shell.out()
                .printf(
                        "%s of %s of %s withdrawn. ade run loads %s.%n",
                        Wording.count(rows, "correction"),
                        Wording.count(files, "file"),
                        dataset,
                        files == 1 ? "it as it stands" : "them as they stand");
    }
}
