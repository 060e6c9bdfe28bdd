package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Summary;
import dev.ade.cli.console.Json;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Wording;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Makes an environment that reads what another one reads now. No data is copied: a dataset is only"
                    + " written again where your change makes it different."
        },
        footer = {
            "",
            "Examples:",
            "  ade env create dev",
            "  ade env create fix-42 --from dev",
            "  ade env create pr-\"$PULL_REQUEST\" --json"
        })
final class EnvCreateCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private FolderOptions project = new FolderOptions();

    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, - and _.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "ENV",
            description = "What it is made from; the default environment where it is not given.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    EnvCreateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options(Optional.empty()))) {
            Summary made =
                    ade.environments()
                            .create(new EnvironmentName(name), from.map(EnvironmentName::new));
            if (json) {
                Json.print(shell.out(), out -> EnvListCommand.write(out, made));
            } else {
                print(made);
            }
        }
        return 0;
    }

    private void print(Summary made) {
        shell.out()
                .printf(
                        "Environment %s reads %s of %s. Work in it with -e %1$s, or export ADE_ENV=%1$s.%n",
                        made.name(),
                        Wording.count(made.datasets(), "dataset"),
                        made.origin().orElseThrow());
    }
}
