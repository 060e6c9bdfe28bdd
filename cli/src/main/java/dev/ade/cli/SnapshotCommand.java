package dev.ade.cli;

import dev.ade.spi.Resource;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = "Takes snapshots whose query has something new, with their checks.",
        footer = {
            "",
            "Examples:",
            "  ade snapshot",
            "  ade snapshot -s orders_snapshot --full-refresh",
            "",
            "ade run does this too, and all that is made from it."
        })
final class SnapshotCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private RunOptions options = new RunOptions();

    SnapshotCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return new Runs(shell, project, options.output())
                .run(options.request(Set.of(Resource.Type.SNAPSHOT), shell));
    }
}
