package dev.ade.cli;

import dev.ade.app.Clean;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description =
                "Removes the folders that clean-targets of dbt_project.yml names: target, packages. Data stays.",
        footer = {"", "Example:", "  ade clean -p my-dbt-project"})
final class CleanCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    CleanCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path root = project.options().root();
        List<Path> removed = new Clean(root).clean();
        removed.forEach(path -> shell.out().println("removed " + root.relativize(path)));
        if (removed.isEmpty()) {
            shell.out().println("Nothing to remove.");
        }
        return 0;
    }
}
