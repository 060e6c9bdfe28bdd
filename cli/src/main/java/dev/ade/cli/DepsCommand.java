package dev.ade.cli;

import dev.ade.app.Deps;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "deps",
        description = {
            "Fetches the packages that the project names with git:, and with package: from the hub at DBT_PACKAGE_HUB_URL.",
            "",
            "They are those of packages.yml and dependencies.yml, each at the commit or version of package-lock.yml if it",
            "names one. Packages with local: and those in dbt_packages/ need nothing."
        },
        footer = {"", "Example:", "  ade deps -p my-project"})
final class DepsCommand implements Callable<Integer> {
    private static final int COMMIT_SHOWN = 12;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    DepsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Deps.Result result = new Deps(project.options().root()).fetch();
        result.fromHub()
                .forEach(one ->
                        shell.out().println("%s %s".formatted(one.address(), one.version())));
        List<Deps.Fetched> fetched = result.fromGit();
        fetched.forEach(one ->
                shell.out()
                        .println(
                                "%s %s from %s"
                                        .formatted(
                                                one.name(),
                                                one.revision().substring(0, COMMIT_SHOWN),
                                                one.url())));
        if (fetched.isEmpty() && result.fromHub().isEmpty()) {
            shell.out().println("Nothing to fetch: no package comes from git or a hub.");
        }
        return 0;
    }
}
