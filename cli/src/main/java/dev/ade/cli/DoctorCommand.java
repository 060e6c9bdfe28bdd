package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Screen;
import dev.ade.cli.console.TextWidth;
import dev.ade.model.Wording;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Ade ade = shell.opener().apply(project.options())) {
            List<Ade.Finding> findings = ade.doctor();
            if (json) {
                Json.print(shell.out(), out -> write(out, findings));
            } else {
                findings.forEach(this::print);
            }
            return findings.stream().anyMatch(it -> it.level() == Ade.Level.PROBLEM) ? 1 : 0;
        }
    }

    private static void write(JsonGenerator out, List<Ade.Finding> findings) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("findings");
        for (Ade.Finding finding : findings) {
            out.writeStartObject();
            out.writeStringField("name", finding.name());
            out.writeStringField("level", Wording.of(finding.level()));
            out.writeStringField("text", finding.text());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
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
