package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.CheckTable;
import dev.ade.model.CheckSpec;
import dev.ade.run.Conduct;
import dev.ade.run.RunRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ade check`, and `ade test` for those who come from dbt.
@Command(
        description = "Checks what is published, now. Publishes and withholds nothing.",
        footer = {
            "",
            "Examples:",
            "  ${COMMAND-FULL-NAME}                   every check of every dataset",
            "  ${COMMAND-FULL-NAME} shop.orders",
            "  ${COMMAND-FULL-NAME} tag:critical --json",
            "  ${COMMAND-FULL-NAME} test_type:unit    unit tests only",
            "",
            "Exit status: 0 all checks hold, 1 one of severity error does not."
        })
final class CheckCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private IndirectOption indirect = new IndirectOption();

    @Mixin private TypeOptions types = new TypeOptions();

    @Mixin private FailFastOption failFast = new FailFastOption();

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request =
                selection
                        .request(RunRequest.Refresh.CHANGED, shell.command())
                        .choosing(indirect.indirect())
                        .with(
                                new Conduct(
                                        types.types(),
                                        failFast.onFailure(),
                                        CheckSpec.FailureStorage.NONE));
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
