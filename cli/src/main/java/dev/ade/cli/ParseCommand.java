package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.model.Wording;
import dev.ade.run.RunRequest;
import dev.ade.spi.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description =
                "Reads the project, compiles all of it once, and says what is wrong. Opens no data.",
        footer = {
            "",
            "Example:",
            "  ade parse -p my-project",
            "",
            "Exit status: 0 it can be read, 2 it cannot."
        })
final class ParseCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    ParseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            ade.checkLoads();
            Map<Resource.Type, Long> counts =
                    ade.list(RunRequest.everything(shell.command())).stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Resource::type, TreeMap::new, Collectors.counting()));
            String found =
                    counts.entrySet().stream()
                            .map(entry ->
                                    Wording.count(
                                            entry.getValue(),
                                            entry.getKey().word().replace('_', ' ')))
                            .collect(Collectors.joining(", "));
            ade.docs().manifest().ifPresent(it -> shell.err().println("note: " + it));
            if (!shell.isQuiet()) {
                shell.out().println("%s: %s".formatted(ade.project().name(), found));
                ade.project().warnings().forEach(it -> shell.err().println("warning: " + it));
            }
            return 0;
        }
    }
}
