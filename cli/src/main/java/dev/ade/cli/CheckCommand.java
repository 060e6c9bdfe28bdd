package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.CheckTable;
import dev.ade.run.RunRequest;
import dev.ade.spi.Compiler;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Checks what is published, now. Publishes and withholds nothing.",
        footer = {
            "",
            "Examples:",
            "  ade check                   every check of every dataset",
            "  ade check shop.orders",
            "  ade check tag:critical --json",
            "  ade check test_type:unit    unit tests only",
            "",
            "Exit status: 0 all checks hold, 1 one of severity error does not."
        })
final class CheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--indirect-selection",
            paramLabel = "MODE",
            description =
                    "Which checks belong to what is selected: eager (any dataset they read is, the default), cautious"
                            + " (all are), buildable (all are, or are above), empty (none).")
    private Compiler.Indirect indirect = Compiler.Indirect.EAGER;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request =
                selection.request(RunRequest.Refresh.CHANGED, shell.command()).choosing(indirect);
        try (Ade ade = shell.opener().apply(project.options())) {
            return new Watched(shell, () -> Watched.end(shell))
                    .run(
                            json ? Watched.Output.JSON : Watched.Output.PEOPLE,
                            listener -> ade.check(request, listener),
                            new CheckTable(shell.out(), shell.screen())::print)
                    .exitStatus();
        }
    }
}
