package dev.ade.cli;

import dev.ade.spi.Resource;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = "Loads seeds that are new or changed, with their checks.",
        footer = {
            "",
            "Examples:",
            "  ade seed",
            "  ade seed -s raw_orders --full-refresh",
            "",
            "ade run does this too, and all that is made from it."
        })
final class SeedCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private RunOptions options = new RunOptions();

    SeedCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return new Runs(shell, project, options.output())
                .run(options.request(Set.of(Resource.Type.SEED), shell));
    }
}
