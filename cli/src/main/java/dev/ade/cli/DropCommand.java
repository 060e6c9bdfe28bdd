package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.environment.Dropper.Dropped;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Maintenance.Effect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "drop",
        description = {
            "Removes datasets that the project no longer has from an environment, all of them at once. Others do not"
                    + " notice.",
            "Refused while the project has one of them, or something that stays reads it."
        },
        footer = {
            "",
            "Examples:",
            "  ade drop shop.orders --dry-run       what would go?",
            "  ade drop shop.orders shop.order_f --yes"
        })
final class DropCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "DATASET",
            arity = "1..*",
            description = "The datasets, as domain.name.")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "Say what would go, and leave it.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    DropCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Set<TableName> asked =
                names.stream().map(TableName::parse).collect(Collectors.toCollection(TreeSet::new));
        try (Ade ade = shell.opener().apply(project.options())) {
            Dropped dropped = ade.drop(asked, Effect.DRY_RUN);
            List<DatasetState> found = dropped.datasets();
            found.forEach(this::print);
            if (dryRun) {
                new KeptOutsideReport(shell.out()).print(dropped.keptOutside());
                shell.out().println("This was a dry run, so nothing has changed.");
            } else if (isAgreed(found)) {
                ade.drop(asked, Effect.DELETE);
                shell.out()
                        .printf(
                                "Dropped %s. ade maintain removes the files once what was published before has expired.%n",
                                Wording.count(found.size(), "dataset"));
                new KeptOutsideReport(shell.out()).print(dropped.keptOutside());
            } else {
                shell.out().println("Nothing has changed.");
            }
        }
        return 0;
    }

    private void print(DatasetState state) {
        String size =
                switch (state.kind()) {
                    case TABLE ->
                            "%s, %s"
                                    .formatted(
                                            Wording.count(state.rows(), "row"),
                                            Words.bytes(state.bytes()));
                    case VIEW -> "a view";
                };
        shell.out().printf("  %s: %s%n", state.name(), size);
    }

    private boolean isAgreed(List<DatasetState> found) {
        String deed = "drop " + Wording.count(found.size(), "dataset");
        return yes
                || new Question(shell)
                        .isAgreed(
                                "Drop %s?".formatted(Wording.count(found.size(), "dataset")),
                                deed,
                                "ade drop %s --yes".formatted(String.join(" ", names)));
    }
}
