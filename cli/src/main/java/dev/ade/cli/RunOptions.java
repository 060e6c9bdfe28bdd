package dev.ade.cli;

import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.run.Conduct;
import dev.ade.run.RunRequest;
import dev.ade.spi.Resource;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of every command that runs.
final class RunOptions {
    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = {"--full-refresh", "-f"},
            description = "Make what is selected again, from scratch.")
    private boolean fullRefresh;

    @Mixin private FailFastOption failFast = new FailFastOption();

    @Option(
            names = "--store-failures",
            description = "Keep the rows that fail any check, in ade.failures.")
    private boolean storeFailures;

    @Option(
            names = "--json",
            description = "Print the report as one JSON object instead of progress.")
    private boolean json;

    /// @param types of resources that are meant; none means all
    RunRequest request(Set<Resource.Type> types, Shell shell) {
        return selection
                .request(
                        fullRefresh ? RunRequest.Refresh.FULL : RunRequest.Refresh.CHANGED,
                        shell.command())
                .with(
                        new Conduct(
                                types,
                                failFast.onFailure(),
                                storeFailures ? FailureStorage.STORED : FailureStorage.NONE));
    }

    Watched.Output output() {
        return json ? Watched.Output.JSON : Watched.Output.PEOPLE;
    }
}
