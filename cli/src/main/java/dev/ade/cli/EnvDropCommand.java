package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Role;
import dev.ade.app.AdeEnvironments.Summary;
import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drop",
        description = {
            "Removes an environment: what it alone had made is gone. Other environments do not notice. The default"
                    + " one cannot be removed."
        },
        footer = {"", "Examples:", "  ade env drop dev", "  ade env drop pr-17 --yes"})
final class EnvDropCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private FolderOptions project = new FolderOptions();

    @Parameters(paramLabel = "NAME", description = "The environment.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    EnvDropCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        EnvironmentName environment = new EnvironmentName(name);
        try (Ade ade = shell.opener().apply(project.options(Optional.empty()))) {
            Summary summary = ade.environments().summary(environment);
            if (summary.role() == Role.OTHER && !isAgreed(summary)) {
                shell.out().println("Nothing has changed.");
                return 0;
            }
            Map<TableName, String> kept = ade.environments().drop(environment);
            shell.out().printf("Environment %s is gone.%n", environment);
            new KeptOutsideReport(shell.out()).print(kept);
        }
        return 0;
    }

    private boolean isAgreed(Summary summary) {
        return yes
                || new Question(shell)
                        .isAgreed(
                                question(summary),
                                "drop environment " + name,
                                "ade env drop %s --yes".formatted(name));
    }

    private static String question(Summary summary) {
        String lost =
                summary.changed() == 0
                        ? "it has nothing of its own"
                        : "what it made of %s is lost"
                                .formatted(Wording.count(summary.changed(), "dataset"));
        return "Drop environment %s? (%s)".formatted(summary.name(), lost);
    }
}
