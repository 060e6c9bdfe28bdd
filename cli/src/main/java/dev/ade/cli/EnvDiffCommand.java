package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.AdeEnvironments.Comparison;
import dev.ade.app.AdeEnvironments.DiffRequest;
import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description = {
            "Compares what two environments read: columns, and rows added, lost and changed. Rows are matched by the"
                    + " key that the project declares (natural_key, unique_key, entity and day, key of a source, a"
                    + " column tested to be unique), else as wholes. Datasets under the same version are not read."
        },
        footer = {
            "",
            "Examples:",
            "  ade env diff dev                         with the environment it was made from",
            "  ade env diff dev prod --sample 10%%",
            "  ade env diff dev prod --select shop.revenue_r --json"
        })
final class EnvDiffCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private FolderOptions project = new FolderOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The environment.")
    private String left = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OTHER",
            description = "What it is compared with; what it was made from where it is not given.")
    private Optional<String> right = Optional.empty();

    @Option(
            names = {"-s", "--select"},
            paramLabel = "DATASET",
            description = "Only this dataset; may be repeated.")
    private List<String> datasets = List.of();

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            description = "Compare only so many of the rows: the same of both sides, such as 10%%.")
    private String sample = "100%";

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    EnvDiffCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        DiffRequest request = new DiffRequest(datasets, share());
        try (Ade ade = shell.opener().apply(project.options(Optional.empty()))) {
            Comparison comparison =
                    ade.environments()
                            .diff(
                                    new EnvironmentName(left),
                                    right.map(EnvironmentName::new),
                                    request);
            DiffReport report = new DiffReport(shell, comparison);
            if (json) {
                report.write();
            } else {
                report.print();
            }
        }
        return 0;
    }

    private double share() {
        try {
            return Double.parseDouble(sample.strip().replace("%", "")) / 100;
        } catch (NumberFormatException e) {
            throw AdeException.user(
                            "Cannot compare a sample of '%s': it is no share".formatted(sample),
                            "Give a share above 0% and up to 100%, such as --sample 10%")
                    .causedBy(e);
        }
    }
}
