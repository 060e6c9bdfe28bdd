package dev.ade.cli;

import dev.ade.app.AdeEnvironments.Obstacle;
import dev.ade.app.AdeEnvironments.Promotion;
import dev.ade.model.EnvironmentName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = {
            "Publishes in another environment what one has changed. Pointers, ledgers and the record of its runs"
                    + " move in one transaction; nothing is computed again. A run with the same project then finds"
                    + " nothing to do."
        },
        footer = {
            "",
            "Examples:",
            "  ade env promote dev --plan           what would move",
            "  ade env promote dev",
            "  ade env promote dev --to staging",
            "",
            "Exit status: 0 promoted or nothing to move, 1 the last run failed or withheld something,",
            "3 the other environment changed the same datasets meanwhile."
        })
final class EnvPromoteCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private MoveOptions options = new MoveOptions();

    @Parameters(paramLabel = "NAME", description = "The environment whose changes are meant.")
    private String name = "";

    @Option(
            names = "--to",
            paramLabel = "ENV",
            description = "Where they go; what it was made from where it is not given.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--overwrite",
            description = "Replace what the other environment published meanwhile too.")
    private boolean overwrite;

    @Option(
            names = "--incomplete",
            description = "Go on though the last run failed or withheld something.")
    private boolean incomplete;

    EnvPromoteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return options.carryOut(
                shell,
                (environments, task) ->
                        environments.promote(
                                new EnvironmentName(name),
                                new Promotion(to.map(EnvironmentName::new), despite(), task)),
                into ->
                        new MoveOptions.Said(
                                "Nothing to move: %s has all that %s changed."
                                        .formatted(into, name),
                                "Left as %s has published them since".formatted(into)));
    }

    private Set<Obstacle> despite() {
        Set<Obstacle> despite = EnumSet.noneOf(Obstacle.class);
        if (overwrite) {
            despite.add(Obstacle.CONFLICT);
        }
        if (incomplete) {
            despite.add(Obstacle.UNFINISHED);
        }
        return despite;
    }
}
