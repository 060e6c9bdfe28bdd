package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.cli.console.ProfileView;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Profile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "profile",
        description =
                "Shows what is in a dataset: nulls, distinct values, spread, most frequent values.",
        footer = {
            "",
            "Examples:",
            "  ade profile shop.orders",
            "  ade profile shop.orders --json | jq '.columns[] | select(.nulls > 0).name'"
        })
final class ProfileCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "DATASET", description = "As domain.name.")
    private String dataset = "";

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    ProfileCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        TableName name = TableName.parse(dataset);
        try (Ade ade = shell.opener().apply(project.options())) {
            Profile profile = ade.profile(name).orElseThrow(() -> missing(ade, name));
            ProfileView view = new ProfileView(shell.out(), shell.screen());
            if (json) {
                view.json(name, profile);
            } else {
                view.print(name, profile);
            }
        }
        return 0;
    }

    private static AdeException missing(Ade ade, TableName name) {
        boolean published =
                ade.datasets(new ReadPoint.Now()).stream()
                        .anyMatch(state -> state.name().equals(name));
        return published
                ? AdeException.user(
                        "Cannot show the profile of %s: it has none".formatted(name),
                        "Views have no profile: ask with ade sql")
                : AdeException.user(
                        "Cannot show the profile of %s: it is not published".formatted(name),
                        "ade status lists datasets; ade run publishes them");
    }
}
