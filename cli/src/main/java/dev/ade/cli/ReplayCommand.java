package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.ReportJson;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.rejected.RejectedGroup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Loads the files of open rejected rows again, under the declaration of now, with all that follows from the"
                    + " dataset, in one transaction. A row that is accepted lands once; one that is not stays out, with"
                    + " its reason of now.",
            "With --with, rows that ade rejected export wrote and somebody corrected are read in the place of what stands in"
                    + " their files, as long as these have the same content. A row that is left out stays as it was.",
            "ADE does not keep rejected rows: the files must still be where they were."
        },
        footer = {
            "",
            "Examples:",
            "  ade rejected replay shop.orders",
            "  ade rejected replay shop.orders --with fix.csv     rows that were exported and corrected",
            "",
            "Exit status: as of ade run; 0 also where rows stay out, or none was open."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "DATASET", description = "The source whose rows they are.")
    private String dataset = "";

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description =
                    "What ade rejected export wrote, with corrected values: its rows take the place of those in their files.")
    private Optional<Path> with = Optional.empty();

    @Option(
            names = "--json",
            description = "Print the report of the run as one JSON object instead of progress.")
    private boolean json;

    ReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        TableName table = TableName.parse(dataset);
        try (Ade ade = shell.opener().apply(project.options())) {
            long before = left(ade, table);
            Optional<RunRequest> request =
                    with.isPresent()
                            ? Optional.of(
                                    ade.rejected().correcting(table, with.get(), shell.command()))
                            : ade.rejected().replaying(table, shell.command());
            if (request.isEmpty()) {
                nothing();
                return 0;
            }
            int status =
                    new Runs(shell, project, json ? Watched.Output.JSON : Watched.Output.PEOPLE)
                            .run(ade, request.get());
            if (status == 0 && !json && !shell.isQuiet()) {
                long after = left(ade, table);
                shell.out()
                        .printf(
                                "%s %s open, %s now.%n",
                                Wording.count(before, "rejected value"),
                                before == 1 ? "was" : "were",
                                after == 0 ? "none" : Words.number(after));
            }
            return status;
        }
    }

    /// A row that is wrong in two ways has two of them.
    private static long left(Ade ade, TableName table) {
        return ade.rejected().list(Optional.of(table)).stream()
                .filter(group -> group.status().isLeft())
                .mapToLong(RejectedGroup::rows)
                .sum();
    }

    private void nothing() {
        String text = "nothing to replay: no rejected row of %s is open".formatted(dataset);
        if (json) {
            ReportJson.write(RunReport.nothing(text), shell.out());
        } else if (!shell.isQuiet()) {
            shell.out().println(Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".");
        }
    }
}
