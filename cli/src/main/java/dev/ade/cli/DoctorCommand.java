package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Screen;
import dev.ade.cli.console.TextWidth;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        aliases = "debug",
        description =
                "Finds out what works on this machine and in this project, and what does not.",
        footer = {
            "",
            "Example:",
            "  ade doctor -p my-project",
            "",
            "Exit status: 0 no problem, 1 there is one."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int NAME_WIDTH = 12;

    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            List<Ade.Finding> findings = ade.doctor();
            findings.forEach(this::print);
            return findings.stream().anyMatch(it -> it.level() == Ade.Level.PROBLEM) ? 1 : 0;
        }
    }

    private void print(Ade.Finding finding) {
        Screen screen = shell.screen();
        String mark =
                switch (finding.level()) {
                    case OK -> screen.green("✓");
                    case WARNING -> screen.yellow("!");
                    case PROBLEM -> screen.red("✗");
                };
        String indent = " ".repeat(NAME_WIDTH + 3);
        shell.out()
                .println(
                        mark
                                + " "
                                + TextWidth.left(finding.name(), NAME_WIDTH)
                                + " "
                                + finding.text().strip().replace("\n", "\n" + indent));
    }
}
